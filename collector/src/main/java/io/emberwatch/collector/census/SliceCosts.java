package io.emberwatch.collector.census;

import io.emberwatch.schemas.ScanCost;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What a slice has cost its server so far. Not thread-safe; one step is under way at a time. */
final class SliceCosts {

  private static final long MICROS_TO_NANOS = 1_000;

  private final RoundTrips pings;
  private final Clock clock;
  private final Instant started;
  private long commands;
  private long keys;
  private long busyNanos;

  /** Costs of a slice that begins now. */
  SliceCosts(RoundTrips pings, Clock clock) {
    this.pings = pings;
    this.clock = clock;
    this.started = clock.instant();
  }

  Instant started() {
    return started;
  }

  void asked(int howMany) {
    commands += howMany;
  }

  void lookedAtKey() {
    keys++;
  }

  /**
   * Takes a round trip.
   *
   * @return nanoseconds of it beyond the network's: those may have been the server's work
   */
  long busy(long roundTripNanos) {
    long beyond = Math.max(0, roundTripNanos - pings.baselineMicros() * MICROS_TO_NANOS);
    busyNanos += beyond;
    return beyond;
  }

  ScanCost cost() {
    return new ScanCost(
        Duration.between(started, clock.instant()).toMillis(),
        commands,
        keys,
        busyNanos / MICROS_TO_NANOS,
        pings.baselineMicros(),
        pings.worstMicros());
  }
}
