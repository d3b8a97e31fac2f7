package io.emberwatch.processor.absence;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition has been read, and so against which time its instances are judged.
 *
 * <p>A processor that starts, takes over a partition, or was cut off from the broker has samples
 * waiting that it has not read: its own lag is not an instance's silence. So the partition is
 * <em>live</em>, and judged by the clock, only when the newest sample was young when it arrived, or
 * when nothing at all has arrived for the grace. Else it is judged by its own newest sample: an
 * instance that others have overtaken by 10 intervals is silent, whatever the clock says. A
 * partition of which nothing was read since the start is not judged at all.
 *
 * <p>Once live it stays live while nothing arrives (silence of all is silence) until old samples
 * arrive or sweeps were missed.
 *
 * @param newest event time of the newest sample read since the start; null: none
 * @param quietSince wall-clock time of the last arrival, or of the start
 * @param sweptAt wall-clock time of the last sweep, or of the start
 * @param live judged by the clock
 */
public record Progress(
    @Nullable Instant newest, Instant quietSince, Instant sweptAt, boolean live) {

  /** A partition that was just assigned. */
  public static Progress starting(Instant now) {
    return new Progress(null, now, now, false);
  }

  /** After a sample was read. */
  public Progress arrived(Instant sampledAt, Instant now, AbsenceLimits limits) {
    Instant next = newest == null || sampledAt.isAfter(newest) ? sampledAt : newest;
    boolean young = !now.isAfter(next.plus(limits.lagTolerance()));
    return new Progress(next, now, sweptAt, young);
  }

  /** At the begin of a sweep. */
  public Progress swept(Instant now, AbsenceLimits limits) {
    if (now.isAfter(sweptAt.plus(limits.stallAfter()))) {
      return new Progress(newest, now, now, false);
    }
    boolean quiet = !now.isBefore(quietSince.plus(limits.grace()));
    return new Progress(newest, quietSince, now, live || quiet);
  }

  /** Time to judge silence against. Null: too early to judge. */
  public @Nullable Instant reference(Instant now) {
    return live ? now : newest;
  }

  /** Age of a sample by that time, 0 or more. Zero when it is too early to judge. */
  public Duration age(Instant sampledAt, Instant now) {
    Instant reference = reference(now);
    if (reference == null || reference.isBefore(sampledAt)) {
      return Duration.ZERO;
    }
    return Duration.between(sampledAt, reference);
  }
}
