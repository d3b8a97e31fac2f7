package io.emberwatch.alerter.web.fleet;

import io.emberwatch.alerter.web.request.Parameters;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which scopes to show.
 *
 * @param states any of these; empty for all
 * @param fleet null for all
 * @param group null for all
 */
public record HealthFilter(
    Set<HealthState> states, @Nullable String fleet, @Nullable String group) {

  public HealthFilter {
    states = Set.copyOf(states);
  }

  /** Reads {@code state}, {@code fleet} and {@code group}. */
  public static HealthFilter of(Parameters parameters) {
    return new HealthFilter(
        parameters.constants("state", HealthState.class),
        parameters.text("fleet"),
        parameters.text("group"));
  }

  /** Whether the place and the state both match. */
  public boolean matches(Health health) {
    return inPlace(health) && (states.isEmpty() || states.contains(health.getState()));
  }

  /** Whether the place matches, whatever the state. */
  public boolean inPlace(Health health) {
    return (fleet == null || fleet.equals(health.getFleet()))
        && (group == null || group.equals(health.getGroup()));
  }
}
