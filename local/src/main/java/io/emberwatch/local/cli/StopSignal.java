package io.emberwatch.local.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Waits for SIGINT or SIGTERM and keeps the JVM alive until the owner has stopped everything: the
 * shutdown hook ends only when this is closed. The signal interrupts the thread that made this,
 * whatever it waits for.
 */
final class StopSignal implements AutoCloseable {

  private static final long CLOSE_LIMIT_SECONDS = 60;

  private final Thread owner = Thread.currentThread();
  private final CountDownLatch stopped = new CountDownLatch(1);

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::askAndWait, "stop-signal"));
  }

  private void askAndWait() {
    if (stopped.getCount() == 0) {
      return; // The program ended by itself, and its exit code stands.
    }
    owner.interrupt();
    try {
      if (stopped.await(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        // A clean stop is exit code 0, where the JVM would report 130 or 143.
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns when a signal has come.
   *
   * @throws ExecutionException when the work ended by itself before
   */
  void await(Future<?> work) throws ExecutionException {
    try {
      work.get();
    } catch (InterruptedException e) {
      // The signal; the flag stays down, since stopping must be able to wait.
    }
  }

  /** Everything is stopped. */
  @Override
  public void close() {
    stopped.countDown();
  }
}
