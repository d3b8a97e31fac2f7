package io.emberwatch.alerter.incident;

import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Transition;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One transition of one problem, as a detector told it.
 *
 * @param episodeId the same for all transitions from firing to resolve
 * @param severity now; on a resolve the last one
 * @param startedAt when the condition began to hold
 * @param firedAt when it began to fire
 * @param refreshInterval time between refreshes; zero when there are none, and then it never grows
 *     stale
 * @param traceId of the sample that caused it; null when a clock did
 */
public record BreachEvent(
    Problem problem,
    String episodeId,
    EventOrder order,
    Transition transition,
    Severity severity,
    Finding finding,
    Instant startedAt,
    Instant firedAt,
    Instant occurredAt,
    Duration refreshInterval,
    @Nullable String traceId) {

  /** Whether the problem is over. Every other transition carries the state of a firing problem. */
  public boolean resolved() {
    return transition == Transition.RESOLVED;
  }
}
