package io.emberwatch.processor.group;

import java.time.Duration;

/**
 * How a group view treats silence and memory.
 *
 * @param silentIntervals poll intervals after which a member's last sample no longer counts, 1 or
 *     more
 * @param learnHold how long a number of replicas must stay online before it is what is expected
 * @param forgetAfter how long a member without any sample, or a number of replicas that was not
 *     reached again, is remembered
 * @param maxMembers members kept of one group; beyond, those silent the longest are dropped
 */
public record GroupLimits(
    int silentIntervals, Duration learnHold, Duration forgetAfter, int maxMembers) {

  /**
   * 3 intervals are where collector_stale begins to warn. 5 minutes outlast a failover and the full
   * resync after it, so a replica that passes through is not learned. 24 hours outlast a working
   * day, so that a replica lost at night is still missed in the morning. 512 members are far above
   * what one primary can feed, and keep the state of a group below 200 KB.
   */
  public static final GroupLimits DEFAULT =
      new GroupLimits(3, Duration.ofMinutes(5), Duration.ofHours(24), 512);

  public GroupLimits {
    if (silentIntervals < 1 || maxMembers < 1) {
      throw new IllegalArgumentException(
          "silentIntervals=%d and maxMembers=%d must be 1 or more"
              .formatted(silentIntervals, maxMembers));
    }
    if (learnHold.isNegative() || forgetAfter.isNegative()) {
      throw new IllegalArgumentException(
          "learnHold=%s and forgetAfter=%s must not be negative".formatted(learnHold, forgetAfter));
    }
  }

  /** The same with another memory. */
  public GroupLimits withForgetAfter(Duration other) {
    return new GroupLimits(silentIntervals, learnHold, other, maxMembers);
  }
}
