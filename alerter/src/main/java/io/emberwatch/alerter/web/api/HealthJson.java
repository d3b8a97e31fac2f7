package io.emberwatch.alerter.web.api;

import io.emberwatch.schemas.Health;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Health of a fleet, group or instance. What does not apply or is not known is null; rates are per
 * second, ratios 0 to 1, times ISO 8601 in UTC.
 */
record HealthJson(
    String id,
    String scope,
    String fleet,
    @Nullable String group,
    @Nullable String instance,
    String state,
    String since,
    String updatedAt,
    @Nullable String lastSampleAt,
    List<String> firingRules,
    @Nullable String targetState,
    @Nullable String error,
    @Nullable String engine,
    @Nullable String version,
    @Nullable String role,
    Map<String, String> labels,
    int instances,
    int reachable,
    int primaries,
    int replicas,
    @Nullable Double opsRate,
    @Nullable Double memUtil,
    @Nullable Long usedMemoryBytes,
    @Nullable Long connectedClients,
    @Nullable Double hitRatio,
    @Nullable Long lagBytes,
    @Nullable Long keys) {

  static HealthJson of(Health health) {
    return new HealthJson(
        health.getScopeId(),
        Json.word(health.getScope()),
        health.getFleet(),
        health.getGroup(),
        health.getInstanceId(),
        Json.word(health.getState()),
        health.getSince().toString(),
        health.getUpdatedAt().toString(),
        Json.timeOrNull(health.getLastSampleAt()),
        health.getFiringRules(),
        Json.wordOrNull(health.getTargetState()),
        health.getError(),
        Json.wordOrNull(health.getEngine()),
        health.getVersion(),
        Json.wordOrNull(health.getRole()),
        health.getLabels(),
        health.getInstances(),
        health.getReachable(),
        health.getPrimaries(),
        health.getReplicas(),
        health.getOpsRate(),
        health.getMemUtil(),
        health.getUsedMemoryBytes(),
        health.getConnectedClients(),
        health.getHitRatio(),
        health.getLagBytes(),
        health.getKeys());
  }
}
