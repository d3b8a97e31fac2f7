package io.emberwatch.processor.rule;

import io.emberwatch.schemas.Tier;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Other levels for some scopes, or none. The first override that matches counts.
 *
 * @param match which scopes
 * @param levels null: the rule does not apply to them
 */
record RuleOverride(Match match, @Nullable Levels levels) {

  RuleOverride scaled(double factor) {
    return new RuleOverride(match, levels == null ? null : levels.scaled(factor));
  }

  /**
   * Every part that is given must be equal.
   *
   * @param fleet null: any
   * @param group name of the replication group; null: any
   * @param tier null: any
   * @param labels a subset of the scope's labels; empty: any
   */
  record Match(
      @Nullable String fleet,
      @Nullable String group,
      @Nullable Tier tier,
      Map<String, String> labels) {

    Match {
      labels = Map.copyOf(labels);
    }

    boolean fits(Observation observation) {
      return (fleet == null || fleet.equals(observation.fleet()))
          && (group == null || group.equals(observation.group()))
          && (tier == null || tier == observation.tier())
          && observation.labels().entrySet().containsAll(labels.entrySet());
    }
  }
}
