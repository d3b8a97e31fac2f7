package io.emberwatch.alerter.web;

import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Scope;
import io.emberwatch.schemas.TargetState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Health records with sane defaults. */
public final class Healths {

  public static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

  private Healths() {}

  public static Health fleet(String fleet, HealthState state) {
    return scope(Scope.FLEET, fleet, fleet, state).build();
  }

  public static Health group(String fleet, String group, HealthState state) {
    return scope(Scope.GROUP, fleet + "/" + group, fleet, state)
        .setGroup(group)
        .setInstances(2)
        .setReachable(state == HealthState.DOWN ? 0 : 2)
        .setPrimaries(1)
        .setReplicas(1)
        .setOpsRate(12_345.6)
        .setKeys(1_250_000L)
        .build();
  }

  public static Health primary(String fleet, String group, String address, HealthState state) {
    return instance(fleet, group, address, state).setRole(Role.PRIMARY).build();
  }

  public static Health replica(String fleet, String group, String address, HealthState state) {
    return instance(fleet, group, address, state)
        .setRole(Role.REPLICA)
        .setLagBytes(18_432L)
        .build();
  }

  /** An instance that does not answer. */
  public static Health dead(String fleet, String group, String address, String error) {
    return instance(fleet, group, address, HealthState.DOWN)
        .setRole(Role.UNKNOWN)
        .setTargetState(TargetState.UNREACHABLE)
        .setError(error)
        .setReachable(0)
        .setOpsRate(null)
        .setMemUtil(null)
        .setUsedMemoryBytes(null)
        .setConnectedClients(null)
        .setHitRatio(null)
        .setVersion(null)
        .setLastSampleAt(NOW.minusSeconds(312))
        .build();
  }

  private static Health.Builder instance(
      String fleet, String group, String address, HealthState state) {
    return scope(Scope.INSTANCE, fleet + "/" + group + "/" + address, fleet, state)
        .setGroup(group)
        .setInstanceId(fleet + "/" + group + "/" + address)
        .setFiringRules(state == HealthState.HEALTHY ? List.of() : List.of("memory_high"))
        .setTargetState(TargetState.UP)
        .setEngine(Engine.REDIS)
        .setVersion("7.4.2")
        .setOpsRate(6172.8)
        .setMemUtil(state == HealthState.HEALTHY ? 0.412 : 0.961)
        .setUsedMemoryBytes(1_610_612_736L)
        .setConnectedClients(248L)
        .setHitRatio(0.9871);
  }

  private static Health.Builder scope(Scope scope, String id, String fleet, HealthState state) {
    return Health.newBuilder()
        .setScopeId(id)
        .setScope(scope)
        .setFleet(fleet)
        .setLabels(Map.of("owner", "payments"))
        .setState(state)
        .setSince(NOW.minusSeconds(600))
        .setUpdatedAt(NOW)
        .setLastSampleAt(NOW.minusSeconds(4))
        .setFiringRules(List.of())
        .setInstances(1)
        .setReachable(1)
        .setPrimaries(0)
        .setReplicas(0);
  }
}
