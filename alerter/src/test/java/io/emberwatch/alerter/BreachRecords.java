package io.emberwatch.alerter;

import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.BreachKind;
import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.Evidence;
import io.emberwatch.schemas.Scope;
import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Breaches as the processor writes them, with sane defaults. */
public final class BreachRecords {

  private BreachRecords() {}

  /** A warning about memory that never grows stale; change what matters. */
  public static Breach.Builder breach(String rule, String group, Instant at) {
    String instance = "prod/" + group + "/10.0.0.1:6379";
    return Breach.newBuilder()
        .setScopeId(instance)
        .setScope(Scope.INSTANCE)
        .setFingerprint(rule + "@" + group)
        .setEpisodeId(rule + "@" + group + "#1")
        .setDetectorEpoch(1)
        .setSequence(1)
        .setRuleId(rule)
        .setKind(BreachKind.THRESHOLD)
        .setTransition(Transition.FIRING)
        .setSeverity(Severity.WARNING)
        .setCause(CauseClass.MEMORY)
        .setFleet("prod")
        .setGroup(group)
        .setInstanceId(instance)
        .setLabels(Map.of("owner", "payments"))
        .setStartedAt(at)
        .setFiredAt(at)
        .setOccurredAt(at)
        .setValue(0.96)
        .setThreshold(0.9)
        .setUnit("ratio")
        .setSummary("Memory is 96 % of maxmemory")
        .setRemediation("Raise maxmemory.")
        .setEvidence(
            List.of(
                Evidence.newBuilder().setName("mem_util").setValue(0.96).setText("96 %").build()))
        .setRefreshIntervalMillis(0);
  }
}
