package io.emberwatch.processor.health;

import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.BreachKind;
import io.emberwatch.schemas.Scope;
import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Transitions of rules with what health looks at; the rest is filler. */
public final class TestBreach {

  private TestBreach() {}

  public static Breach firing(String rule, Severity severity, long second) {
    return breach(rule, severity, Transition.FIRING, BreachKind.THRESHOLD, second);
  }

  public static Breach resolved(String rule, long second) {
    return breach(rule, Severity.WARNING, Transition.RESOLVED, BreachKind.THRESHOLD, second);
  }

  static Breach silence(long second) {
    return breach(
        "collector_stale", Severity.WARNING, Transition.FIRING, BreachKind.ABSENCE, second);
  }

  static Breach breach(
      String rule, Severity severity, Transition transition, BreachKind kind, long second) {
    Instant at = Instant.ofEpochSecond(second);
    return Breach.newBuilder()
        .setScopeId("scope")
        .setScope(Scope.INSTANCE)
        .setFingerprint("fingerprint of " + rule)
        .setEpisodeId(rule)
        .setDetectorEpoch(1)
        .setSequence(second)
        .setRuleId(rule)
        .setKind(kind)
        .setTransition(transition)
        .setSeverity(severity)
        .setFleet("prod")
        .setLabels(Map.of())
        .setStartedAt(at)
        .setFiredAt(at)
        .setOccurredAt(at)
        .setSummary("")
        .setRemediation("")
        .setEvidence(List.of())
        .setRefreshIntervalMillis(60_000)
        .build();
  }
}
