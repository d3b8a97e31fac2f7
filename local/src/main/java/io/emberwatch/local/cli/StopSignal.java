package io.emberwatch.local.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for SIGINT or SIGTERM and keeps the JVM alive until the owner has stopped everything: the
 * shutdown hook ends only when this is closed.
 */
final class StopSignal implements AutoCloseable {

  private static final long CLOSE_LIMIT_SECONDS = 60;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::askAndWait, "stop-signal"));
  }

  private void askAndWait() {
    if (stopped.getCount() == 0) {
      return; // The program ended by itself, and its exit code stands.
    }
    asked.countDown();
    try {
      if (stopped.await(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        // A clean stop is exit code 0, where the JVM would report 130 or 143.
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when a signal has come. */
  void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is stopped. */
  @Override
  public void close() {
    stopped.countDown();
  }
}
