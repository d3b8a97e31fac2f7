package io.emberwatch.collector.fleet;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A right that ends by itself unless it is renewed. Time is monotonic and goes on while the process
 * is stopped (SIGSTOP, a long collection, a frozen container), so the first look after such a pause
 * sees that the right has ended, whichever thread wakes first. Thread-safe.
 */
final class Lease {

  private final long limitNanos;
  private final LongSupplier nanoTime;
  private volatile long renewedAtNanos;

  /**
   * A lease that has ended.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  Lease(Duration limit, LongSupplier nanoTime) {
    this.limitNanos = limit.toNanos();
    this.nanoTime = nanoTime;
    this.renewedAtNanos = nanoTime.getAsLong() - limitNanos - 1;
  }

  void renew() {
    renewedAtNanos = nanoTime.getAsLong();
  }

  boolean isValid() {
    return nanoTime.getAsLong() - renewedAtNanos <= limitNanos;
  }

  Duration sinceRenewal() {
    return Duration.ofNanos(nanoTime.getAsLong() - renewedAtNanos);
  }
}
