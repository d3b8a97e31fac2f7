package io.emberwatch.collector.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * When one target is polled: every interval, at a phase that a stable hash of its id gives, so that
 * the polls of many targets are spread over the interval and stay where they are over restarts.
 * Pure.
 *
 * @param instanceId of the target
 * @param interval between the starts of two polls
 */
record PollSchedule(String instanceId, Duration interval) {

  /** A start of the collector is spread over this long at most, so that it is ready soon. */
  private static final Duration FIRST_SPREAD = Duration.ofSeconds(2);

  /** A poll that takes longer tells nothing more; see signals.md, "How to collect". */
  private static final Duration MAX_DEADLINE = Duration.ofSeconds(5);

  /** When to poll for the first time. */
  Instant first(Instant now) {
    long spreadMillis = Math.min(interval.toMillis(), FIRST_SPREAD.toMillis());
    return now.plusMillis(SlotHash.of(instanceId) % spreadMillis);
  }

  /**
   * The next slot; at least half an interval away, lest the second poll comes right upon the first.
   */
  Instant next(Instant now) {
    long millis = interval.toMillis();
    long sincePhase = Math.floorMod(now.toEpochMilli() - SlotHash.of(instanceId) % millis, millis);
    long wait = millis - sincePhase;
    return now.plusMillis(wait * 2 < millis ? wait + millis : wait);
  }

  /** A poll that began this late has missed its slot. */
  boolean isLate(Instant due, Instant now) {
    return Duration.between(due, now).compareTo(interval.dividedBy(2)) > 0;
  }

  /** Bound on the whole poll, connecting included: always below the interval. */
  Duration deadline() {
    Duration share = interval.multipliedBy(9).dividedBy(10);
    return share.compareTo(MAX_DEADLINE) < 0 ? share : MAX_DEADLINE;
  }
}
