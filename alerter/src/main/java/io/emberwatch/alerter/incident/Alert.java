package io.emberwatch.alerter.incident;

import io.emberwatch.schemas.Severity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One episode of one problem within an incident.
 *
 * @param severity now, or the last one
 * @param resolvedAt when it was resolved; null while it is not
 * @param lastSeenAt when an event of it last arrived here
 */
public record Alert(
    Problem problem,
    String episodeId,
    AlertState state,
    Severity severity,
    Finding finding,
    Instant startedAt,
    Instant firedAt,
    @Nullable Instant resolvedAt,
    Instant lastSeenAt,
    Duration refreshInterval,
    @Nullable String traceId) {

  /**
   * Refreshes that may be missed before the signal counts as lost. One is lost to a rebalance of
   * the detector, two to a slow one.
   */
  static final int MISSED_REFRESHES = 3;

  static Alert of(BreachEvent event, Instant now) {
    return new Alert(
        event.problem(),
        event.episodeId(),
        AlertState.FIRING,
        event.severity(),
        event.finding(),
        event.startedAt(),
        event.firedAt(),
        null,
        now,
        event.refreshInterval(),
        event.traceId());
  }

  /** Whether it still counts as a problem; a lost signal does. */
  public boolean active() {
    return state != AlertState.RESOLVED;
  }

  /** The earliest start and the newest of everything else. */
  Alert refreshed(BreachEvent event, Instant now) {
    return new Alert(
        event.problem(),
        episodeId,
        AlertState.FIRING,
        event.severity(),
        event.finding(),
        startedAt.isBefore(event.startedAt()) ? startedAt : event.startedAt(),
        firedAt.isBefore(event.firedAt()) ? firedAt : event.firedAt(),
        null,
        now,
        event.refreshInterval(),
        event.traceId());
  }

  Alert resolved(Instant at) {
    return with(AlertState.RESOLVED, at);
  }

  Alert stale() {
    return with(AlertState.STALE, null);
  }

  /** When silence means that the signal is lost; null when it is not firing or has no refresh. */
  @Nullable Instant staleAt() {
    return state == AlertState.FIRING && !refreshInterval.isZero()
        ? lastSeenAt.plus(refreshInterval.multipliedBy(MISSED_REFRESHES))
        : null;
  }

  private Alert with(AlertState newState, @Nullable Instant newResolvedAt) {
    return new Alert(
        problem,
        episodeId,
        newState,
        severity,
        finding,
        startedAt,
        firedAt,
        newResolvedAt,
        lastSeenAt,
        refreshInterval,
        traceId);
  }
}
