package io.emberwatch.collector.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * When to try to connect again: after 0.5 s, twice as long after each further failure, at most the
 * cap. It spares connects only: a dead target still gives a failed sample each interval. Pure.
 *
 * @param failures in a row
 * @param notBefore no connect earlier than this
 */
record Backoff(int failures, Instant notBefore) {

  private static final Duration FIRST = Duration.ofMillis(500);

  static final Backoff NONE = new Backoff(0, Instant.MIN);

  boolean mayTry(Instant now) {
    return !now.isBefore(notBefore);
  }

  /** After one more failure. */
  Backoff failed(Instant now, Duration cap) {
    Duration wait = FIRST.multipliedBy(1L << Math.min(failures, 20));
    return new Backoff(failures + 1, now.plus(wait.compareTo(cap) < 0 ? wait : cap));
  }
}
