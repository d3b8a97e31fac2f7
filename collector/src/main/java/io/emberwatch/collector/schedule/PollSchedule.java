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

  /** A start of the collector is spread over this long at least. */
  private static final Duration FIRST_SPREAD = Duration.ofSeconds(2);

  /**
   * Of a first poll, which connects: 300 a second take a core that has not compiled its code yet
   * some two thirds of its time. Five thousand at once took it 20 s, and half of them timed out.
   */
  private static final int FIRST_POLLS_A_SECOND = 300;

  /**
   * Of first looks of all probes at a server: they are twenty commands, of which the reply to
   * CONFIG GET alone takes as long to read as five polls of the core. With 500 a second of them a
   * collector of 5000 targets had neither CPU nor heap for its polls.
   */
  private static final int FIRST_LOOKS_A_SECOND = 100;

  /** A poll that takes longer tells nothing more; see signals.md, "How to collect". */
  private static final Duration MAX_DEADLINE = Duration.ofSeconds(5);

  /**
   * When to poll for the first time: soon, but not at once with all others.
   *
   * @param together targets that begin now, this one included
   */
  Instant first(Instant now, int together) {
    long soonMillis = Math.min(interval.toMillis(), FIRST_SPREAD.toMillis());
    long spreadMillis = Math.max(soonMillis, together * 1000L / FIRST_POLLS_A_SECOND);
    return now.plusMillis(SlotHash.of(instanceId) % spreadMillis);
  }

  /**
   * How long the first looks of the slower probes at a server are put off at most; zero where those
   * of all targets fit into an interval.
   *
   * @param targets that may be connected together, as after a cut of the network
   */
  Duration firstLooks(int targets) {
    Duration all = Duration.ofMillis(targets * 1000L / FIRST_LOOKS_A_SECOND);
    return all.compareTo(interval) <= 0 ? Duration.ZERO : all;
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
