package io.emberwatch.local.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats an action, on a thread of its own, until it is closed or fails. */
final class Load implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Load.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Action action;
  private final Duration delay;
  private final Thread thread;
  private volatile boolean closed;

  private Load(String name, Duration delay, Action action) {
    this.action = action;
    this.delay = delay;
    this.thread = new Thread(this::repeat, name);
    this.thread.setDaemon(true);
  }

  /** What is repeated. */
  @FunctionalInterface
  interface Action {
    /** Runs once; turns count from 0. */
    void run(long turn) throws IOException;
  }

  /** Repeats the action with a delay after each turn. */
  static Load start(String name, Duration delay, Action action) {
    Load load = new Load(name, delay, action);
    load.thread.start();
    return load;
  }

  private void repeat() {
    try {
      for (long turn = 0; !closed; turn++) {
        action.run(turn);
        LockSupport.parkNanos(delay.toNanos());
      }
    } catch (IOException e) {
      LOG.warn("event=load_ended name={} reason=\"{}\"", thread.getName(), e.getMessage());
    }
  }

  /** Ends after the turn that runs, or gives up waiting for it after 5 s. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
