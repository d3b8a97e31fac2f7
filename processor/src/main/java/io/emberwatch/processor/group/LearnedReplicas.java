package io.emberwatch.processor.group;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How many replicas a group is expected to have, learned from how many it had: the highest number
 * that was online without a break for {@link GroupLimits#learnHold()}, remembered for {@link
 * GroupLimits#forgetAfter()} after it was last reached.
 *
 * <p>The number of replicas online is a step function of event time; {@link #settle} takes one step
 * of it. Steps of no length teach nothing, so the order of samples with the same time does not
 * matter. O(replicas) time and space.
 *
 * @param heldSince at index k-1: since when at least k replicas are online without a break
 * @param expected replicas expected, 0 or more
 * @param reachedAt when the expected number was last online
 */
public record LearnedReplicas(List<Instant> heldSince, int expected, Instant reachedAt) {

  /** Nothing is known. */
  public static final LearnedReplicas NONE = new LearnedReplicas(List.of(), 0, Instant.EPOCH);

  public LearnedReplicas {
    heldSince = List.copyOf(heldSince);
  }

  /**
   * {@code online} replicas were online from {@code from} to {@code to}.
   *
   * @param silence how long a sample speaks for: of a longer step only this much counts, and the
   *     hold is broken
   */
  LearnedReplicas settle(
      int online, Instant from, Instant to, Duration silence, GroupLimits limits) {
    Instant known = from.plus(silence);
    boolean gap = to.isAfter(known);
    Instant until = gap ? known : to;
    List<Instant> held = held(online, from);
    int level = level(held, until, limits.learnHold());
    List<Instant> kept = gap ? List.of() : held;
    if (level >= expected) {
      return new LearnedReplicas(kept, level, until);
    }
    if (online >= expected) {
      return new LearnedReplicas(kept, expected, until);
    }
    if (to.isAfter(reachedAt.plus(limits.forgetAfter()))) {
      return new LearnedReplicas(kept, level, until);
    }
    return new LearnedReplicas(kept, expected, reachedAt);
  }

  private List<Instant> held(int online, Instant from) {
    List<Instant> held = new ArrayList<>(heldSince.subList(0, Math.min(online, heldSince.size())));
    while (held.size() < online) {
      held.add(from);
    }
    return held;
  }

  private static int level(List<Instant> held, Instant until, Duration hold) {
    int level = 0;
    while (level < held.size() && !until.isBefore(held.get(level).plus(hold))) {
      level++;
    }
    return level;
  }
}
