package io.emberwatch.alerter.incident;

import java.time.Duration;

/**
 * Times of an incident's life; none is negative.
 *
 * @param groupWait how long alerts gather before the first notice; zero tells at once
 * @param resolveHold how long all alerts must be resolved before the incident is
 * @param reopenWindow how long after its resolve a re-fire belongs to the same incident
 */
public record IncidentPolicy(Duration groupWait, Duration resolveHold, Duration reopenWindow) {

  /** Alertmanager's group wait; a minute of hold and ten of reopening outlast common flaps. */
  public static final IncidentPolicy DEFAULT =
      new IncidentPolicy(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(10));

  public IncidentPolicy {
    if (groupWait.isNegative() || resolveHold.isNegative() || reopenWindow.isNegative()) {
      throw new IllegalArgumentException("a time of the incident policy is negative");
    }
  }
}
