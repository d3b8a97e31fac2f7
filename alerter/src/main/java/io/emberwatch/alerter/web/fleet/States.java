package io.emberwatch.alerter.web.fleet;

import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Order and counts of health states. */
public final class States {

  /** All states, worst first. The schema orders them so, but for UNKNOWN, which may be anything. */
  public static final List<HealthState> WORST_FIRST =
      List.of(
          HealthState.SILENT,
          HealthState.DOWN,
          HealthState.CRITICAL,
          HealthState.WARNING,
          HealthState.UNKNOWN,
          HealthState.HEALTHY);

  /** Worst scope first, then by name. */
  static final Comparator<Health> BY_STATE =
      Comparator.<Health>comparingInt(health -> rank(health.getState()))
          .thenComparing(Health::getScopeId);

  private States() {}

  /** 0 for the worst. */
  static int rank(HealthState state) {
    return WORST_FIRST.indexOf(state);
  }

  /** Number of scopes in each state, worst first, zeros included. */
  public static Map<HealthState, Integer> count(Collection<Health> scopes) {
    Map<HealthState, Integer> counts = new EnumMap<>(HealthState.class);
    scopes.forEach(scope -> counts.merge(scope.getState(), 1, Integer::sum));
    Map<HealthState, Integer> ordered = new java.util.LinkedHashMap<>();
    WORST_FIRST.forEach(state -> ordered.put(state, counts.getOrDefault(state, 0)));
    return ordered;
  }
}
