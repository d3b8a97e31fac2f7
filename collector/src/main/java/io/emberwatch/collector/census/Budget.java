package io.emberwatch.collector.census;

import java.time.Duration;

/**
 * How long to wait after a piece of work, so that neither limit is passed on average. Pure.
 *
 * @param keysPerSecond 1 or more
 * @param busyPerSecond of each second, above zero
 */
record Budget(int keysPerSecond, Duration busyPerSecond) {

  private static final double SECOND_NANOS = 1e9;

  /** One SCAN visits as many slots as its COUNT, whether or not there are keys in them. */
  static final int SCAN_WEIGHT = 5;

  /**
   * Time until the next piece may begin.
   *
   * @param keys looked at, with {@link #SCAN_WEIGHT} for a SCAN
   * @param busy what the server may have been busy with it
   * @param elapsed since the work began
   * @return zero or more
   */
  Duration pause(int keys, Duration busy, Duration elapsed) {
    double byKeys = SECOND_NANOS * keys / keysPerSecond;
    double byTime = busy.toNanos() * (SECOND_NANOS / busyPerSecond.toNanos());
    long due = (long) Math.max(byKeys, byTime);
    return Duration.ofNanos(Math.max(0, due - elapsed.toNanos()));
  }
}
