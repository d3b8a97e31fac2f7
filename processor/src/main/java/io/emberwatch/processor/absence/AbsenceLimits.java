package io.emberwatch.processor.absence;

import java.time.Duration;

/**
 * How silence is told from lag, and how long it is watched.
 *
 * @param sweepInterval time between two looks at all instances
 * @param lagTolerance how old the newest sample of a partition may be on arrival for the partition
 *     to count as caught up
 * @param grace how long nothing must arrive, after a start or while behind, until silence counts
 * @param forgetAfter silence after which an instance is no longer expected
 */
public record AbsenceLimits(
    Duration sweepInterval, Duration lagTolerance, Duration grace, Duration forgetAfter) {

  /**
   * A sweep a second costs about 1 ms for 1,000 instances and keeps the delay small beside any poll
   * interval. 30 s of lag are two poll intervals, less than the 3 at which silence is reported. 30
   * s of grace outlast a rebalance and the first fetch after it. 24 h: a target that was removed
   * while no collector ran to say so is reported silent for a day at most.
   */
  public static final AbsenceLimits DEFAULT =
      new AbsenceLimits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofHours(24));

  /**
   * Sweeps that may be missed before the thread counts as stalled: a rebalance, a broker outage.
   */
  private static final int MISSED_SWEEPS = 10;

  public AbsenceLimits {
    if (sweepInterval.isZero() || sweepInterval.isNegative()) {
      throw new IllegalArgumentException("sweepInterval must be above zero: " + sweepInterval);
    }
  }

  /** The same with another grace and another end of the watch. */
  public AbsenceLimits with(Duration otherGrace, Duration otherForgetAfter) {
    return new AbsenceLimits(sweepInterval, lagTolerance, otherGrace, otherForgetAfter);
  }

  Duration stallAfter() {
    return sweepInterval.multipliedBy(MISSED_SWEEPS);
  }
}
