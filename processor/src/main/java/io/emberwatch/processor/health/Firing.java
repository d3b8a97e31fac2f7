package io.emberwatch.processor.health;

import io.emberwatch.processor.state.FiringRule;
import io.emberwatch.processor.state.FiringRules;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.BreachKind;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Transition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules that fire on one scope. The rules' states and this one are committed in one
 * transaction, so the two agree without a refresh or a timeout.
 */
public final class Firing {

  /** Nothing fires. */
  public static final FiringRules NONE = new FiringRules(Map.of(), Instant.EPOCH);

  private static final Comparator<FiringRule> WORST_FIRST =
      Comparator.comparing((FiringRule rule) -> isCritical(rule) ? 0 : 1)
          .thenComparing(FiringRule::getFiredAt)
          .thenComparing(FiringRule::getRuleId);

  private Firing() {}

  /** After a transition. Equal to before if the transition changes nothing, as a refresh does. */
  public static FiringRules after(FiringRules before, Breach breach) {
    Map<String, FiringRule> rules = new TreeMap<>(before.getRules());
    if (breach.getTransition() == Transition.RESOLVED) {
      rules.remove(breach.getFingerprint());
    } else {
      rules.put(
          breach.getFingerprint(),
          new FiringRule(
              breach.getRuleId(),
              breach.getSeverity().name(),
              breach.getKind().name(),
              breach.getFiredAt()));
    }
    return rules.equals(before.getRules())
        ? before
        : new FiringRules(rules, later(before.getChangedAt(), breach.getOccurredAt()));
  }

  /** Rule ids, the critical ones first, then by age. */
  public static List<String> worstFirst(FiringRules firing) {
    return firing.getRules().values().stream()
        .sorted(WORST_FIRST)
        .map(FiringRule::getRuleId)
        .toList();
  }

  /** CRITICAL, WARNING or HEALTHY by the worst rule that fires. */
  public static HealthState state(FiringRules firing) {
    if (firing.getRules().isEmpty()) {
      return HealthState.HEALTHY;
    }
    boolean critical = firing.getRules().values().stream().anyMatch(Firing::isCritical);
    return critical ? HealthState.CRITICAL : HealthState.WARNING;
  }

  /** A rule that detects absence fires: nothing is known any more. */
  static boolean silent(FiringRules firing) {
    return firing.getRules().values().stream()
        .anyMatch(rule -> rule.getKind().equals(BreachKind.ABSENCE.name()));
  }

  /** Since when a scope is in this state, judged at that time. */
  static Instant since(@Nullable Health before, HealthState state, Instant at) {
    return before != null && before.getState() == state ? before.getSince() : at;
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static boolean isCritical(FiringRule rule) {
    return rule.getSeverity().equals(Severity.CRITICAL.name());
  }
}
