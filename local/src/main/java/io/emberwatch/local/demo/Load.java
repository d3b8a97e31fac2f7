package io.emberwatch.local.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats an action at a fixed delay, on a thread of its own, until it is closed or fails. */
final class Load implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Load.class);

  private final ScheduledExecutorService executor;

  private Load(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  /** One repetition. */
  @FunctionalInterface
  interface Action {
    /**
     * @param turn 0, 1, 2 and so on
     */
    void run(long turn) throws IOException;
  }

  static Load start(String name, Duration delay, Action action) {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    AtomicLong turns = new AtomicLong();
    executor.scheduleWithFixedDelay(
        () -> turn(name, action, turns, executor), 0, delay.toNanos(), TimeUnit.NANOSECONDS);
    return new Load(executor);
  }

  private static void turn(
      String name, Action action, AtomicLong turns, ScheduledExecutorService executor) {
    try {
      action.run(turns.getAndIncrement());
    } catch (IOException e) {
      LOG.warn("event=load_ended name={} reason=\"{}\"", name, e.getMessage());
      executor.shutdown();
    }
  }

  /** Ends after the repetition that runs, at most 5 s later. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
