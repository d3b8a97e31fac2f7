package io.emberwatch.collector.keyspace;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Adds up the time in which nobody listened. Not thread-safe. */
final class Listening {

  private Duration missed = Duration.ZERO;
  private @Nullable Instant deafSince;

  /** Nobody listens yet. */
  Listening(Instant now) {
    this.deafSince = now;
  }

  boolean on() {
    return deafSince == null;
  }

  void begin(Instant now) {
    addUpTo(now);
    deafSince = null;
  }

  /**
   * Nobody listens from here on.
   *
   * @param at not before the last {@link #takeMissed}, or time would be reported twice
   */
  void end(Instant at) {
    if (on()) {
      deafSince = at;
    }
  }

  /** The time missed since the last call. */
  Duration takeMissed(Instant now) {
    addUpTo(now);
    Duration taken = missed;
    missed = Duration.ZERO;
    return taken;
  }

  private void addUpTo(Instant now) {
    if (deafSince != null && now.isAfter(deafSince)) {
      missed = missed.plus(Duration.between(deafSince, now));
      deafSince = now;
    }
  }
}
