package io.emberwatch.collector.publish;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries to connect until it succeeds, on a thread of its own since that blocks. Waits 0.5 s after a
 * fault and twice as long after each further one, at most 4 s: what waits on disk wants to know
 * soon. Thread-safe.
 */
final class KafkaLink implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaLink.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final int MAX_DOUBLINGS = 3;

  private final KafkaConnector connector;
  private final Consumer<Connection> connected;
  private final Consumer<Exception> failed;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread own = new Thread(task, "kafka-link");
            own.setDaemon(true);
            return own;
          });
  private volatile boolean closed;

  /** In a row, as far as they double the wait. */
  private volatile int faults;

  KafkaLink(KafkaConnector connector, Consumer<Connection> connected, Consumer<Exception> failed) {
    this.connector = connector;
    this.connected = connected;
    this.failed = failed;
  }

  /** Begins to connect now. */
  void start() {
    schedule(Duration.ZERO);
  }

  /** Begins to connect again, after a wait. */
  void restart() {
    schedule(nextWait());
  }

  /** A connection works: the next fault is a first one. */
  void works() {
    faults = 0;
  }

  /** Connects no more; a connection that is made meanwhile is closed. */
  @Override
  public void close() {
    closed = true;
    thread.shutdownNow();
  }

  private void attempt() {
    try {
      Connection made = connector.connect();
      if (closed) {
        made.close(Duration.ZERO);
      } else {
        connected.accept(made);
      }
    } catch (Exception fault) {
      if (!closed) {
        failed.accept(fault);
        schedule(nextWait());
      }
    }
  }

  private Duration nextWait() {
    int before = faults;
    faults = Math.min(before + 1, MAX_DOUBLINGS);
    return FIRST_WAIT.multipliedBy(1L << before);
  }

  private void schedule(Duration wait) {
    try {
      ScheduledFuture<?> unused =
          thread.schedule(this::attempt, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      LOG.debug("event=kafka_link_closed");
    }
  }
}
