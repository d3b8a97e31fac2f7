package io.emberwatch.processor.health;

import io.emberwatch.processor.state.FiringRules;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges the rules that fire on a scope with those that fire on its members, worst first, each
 * once.
 *
 * <p>A member's health names its rules worst first but not their severity. The first one has the
 * severity of the member's state; the others are taken as warnings.
 */
final class FiringRanks {

  private static final int CRITICAL = 0;
  private static final int WARNING = 1;

  private FiringRanks() {}

  static List<String> worstFirst(FiringRules own, Collection<Health> members) {
    Map<String, Integer> ranks = new HashMap<>();
    rank(ranks, Firing.worstFirst(own), Firing.state(own));
    members.forEach(m -> rank(ranks, m.getFiringRules(), Rollup.asSeverity(m.getState())));
    return ranks.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void rank(Map<String, Integer> ranks, List<String> rules, HealthState worst) {
    for (int i = 0; i < rules.size(); i++) {
      boolean critical = i == 0 && worst == HealthState.CRITICAL;
      ranks.merge(rules.get(i), critical ? CRITICAL : WARNING, Math::min);
    }
  }
}
