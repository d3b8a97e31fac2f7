package io.emberwatch.processor.signal;

import io.emberwatch.processor.state.Moment;

/**
 * Time between two samples (dt), seconds: {@code (server_time_usec2 - server_time_usec1)/1e6}, else
 * by the collector's clock. The server's clock is preferred since the counters were read by it; it
 * is not used where it went backwards.
 */
final class Interval {

  /** Below this share of the poll interval the noise of timing outweighs the delta. */
  static final double MIN_SHARE = 0.5;

  /** Above this many poll intervals a delta would smear an unseen past over the present. */
  static final double MAX_SHARE = 3.0;

  private static final double MICROS_PER_SECOND = 1e6;

  private Interval() {}

  /** Seconds; zero or less when both clocks went backwards. */
  static double seconds(Moment before, Moment after) {
    Long serverBefore = before.getServerTimeUsec();
    Long serverAfter = after.getServerTimeUsec();
    if (serverBefore != null && serverAfter != null && serverAfter > serverBefore) {
      return (serverAfter - serverBefore) / MICROS_PER_SECOND;
    }
    return (after.getSampledAtMicros() - before.getSampledAtMicros()) / MICROS_PER_SECOND;
  }

  /** {@code seconds} is less than half the poll interval. */
  static boolean tooShort(double seconds, long pollIntervalMillis) {
    return seconds * 1000 < MIN_SHARE * pollIntervalMillis;
  }

  /** {@code seconds} is more than three poll intervals. */
  static boolean tooLong(double seconds, long pollIntervalMillis) {
    return seconds * 1000 > MAX_SHARE * pollIntervalMillis;
  }
}
