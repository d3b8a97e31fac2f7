package io.emberwatch.processor.rule;

import io.emberwatch.schemas.BreachKind;
import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule: when a scope is in trouble, how badly, and what to tell people. Read from YAML.
 *
 * @param id unique; with the scope id it is the identity of a breach
 * @param gate the rule applies only while this is true: false counts as clear, unknown as no
 *     evidence; null: always
 * @param absentIsClear what a value that is not known says about a server that answers: true, the
 *     trouble is over if there was one; false, nothing
 * @param tiers what groups it is for, not empty
 * @param refresh time between repeats of a breach that goes on
 * @param counts sums over windows that its conditions may use
 */
public record Rule(
    String id,
    View view,
    BreachKind kind,
    Set<Tier> tiers,
    @Nullable Expression gate,
    boolean absentIsClear,
    List<EventCount> counts,
    Levels levels,
    List<RuleOverride> overrides,
    Duration refresh,
    Explanation explanation) {

  public Rule {
    tiers = Set.copyOf(tiers);
    counts = List.copyOf(counts);
    overrides = List.copyOf(overrides);
  }

  /** The levels for a scope; null: the rule does not apply to it. */
  @Nullable Levels levelsFor(Observation observation) {
    if (!tiers.contains(observation.tier())) {
      return null;
    }
    for (RuleOverride override : overrides) {
      if (override.match().fits(observation)) {
        return override.levels();
      }
    }
    return levels;
  }

  /** What the values say about a condition of this rule, its gate first. */
  Verdict judge(Condition condition, Values values, boolean isFiring) {
    Boolean applies = gate == null ? Boolean.TRUE : gate.test(values);
    if (applies == null) {
      return Verdict.UNKNOWN;
    }
    if (!applies) {
      return Verdict.CLEAR;
    }
    Verdict verdict = condition.judge(values);
    boolean absent = verdict == Verdict.UNKNOWN && absentIsClear && isFiring;
    return absent && Boolean.TRUE.equals(values.get("reachable")) ? Verdict.CLEAR : verdict;
  }

  /** Class of root cause that it points at. */
  public CauseClass cause() {
    return explanation.cause();
  }

  /** One line for people, with names in braces where figures go. */
  public String summary() {
    return explanation.summary().toString();
  }

  /** The same rule with every duration multiplied. */
  Rule scaled(double factor) {
    List<RuleOverride> scaledOverrides =
        overrides.stream().map(override -> override.scaled(factor)).toList();
    return new Rule(
        id,
        view,
        kind,
        tiers,
        gate,
        absentIsClear,
        counts.stream().map(count -> count.scaled(factor)).toList(),
        levels.scaled(factor),
        scaledOverrides,
        Level.scaled(refresh, factor),
        explanation);
  }
}
