package io.emberwatch.processor.health;

import io.emberwatch.processor.state.FiringRules;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Folds the healths of members into that of their group, and those of groups into their fleet.
 *
 * <p>State, first that holds: SILENT if all members are; DOWN if no member answers, or, in a group,
 * no primary does and a primary is down; else the worst of its own rules and its members, where a
 * member that is DOWN is critical and one that is SILENT is a warning. Pure, and the order of the
 * members does not matter. O(members).
 */
public final class Rollup {

  private Rollup() {}

  /**
   * Health of a scope.
   *
   * @param members of one level below; none gives a health that {@link Publication#isGone}
   * @param firing rules that fire on the scope itself
   * @param before published last; null: none
   */
  public static Health of(
      HealthScope scope, Collection<Health> members, FiringRules firing, @Nullable Health before) {
    Instant updatedAt = updatedAt(members, firing, before);
    HealthState state = state(scope, members, firing);
    return Health.newBuilder()
        .setScopeId(scope.id())
        .setScope(scope.scope())
        .setFleet(scope.fleet())
        .setGroup(scope.group())
        .setLabels(sharedLabels(members))
        .setState(state)
        .setSince(Firing.since(before, state, updatedAt))
        .setUpdatedAt(updatedAt)
        .setLastSampleAt(fold(members, Health::getLastSampleAt, Firing::later))
        .setFiringRules(FiringRanks.worstFirst(firing, members))
        .setInstances(sum(members, Health::getInstances))
        .setReachable(sum(members, Health::getReachable))
        .setPrimaries(sum(members, Health::getPrimaries))
        .setReplicas(sum(members, Health::getReplicas))
        .setOpsRate(fold(members, Health::getOpsRate, Double::sum))
        .setMemUtil(fold(members, Health::getMemUtil, Math::max))
        .setUsedMemoryBytes(fold(members, Health::getUsedMemoryBytes, Long::sum))
        .setConnectedClients(fold(members, Health::getConnectedClients, Long::sum))
        .setHitRatio(fold(members, Health::getHitRatio, Math::min))
        .setLagBytes(fold(members, Health::getLagBytes, Math::max))
        .setKeys(fold(members, Rollup::keysOfPrimaries, Long::sum))
        .build();
  }

  private static HealthState state(
      HealthScope scope, Collection<Health> members, FiringRules firing) {
    if (members.isEmpty()) {
      return HealthState.UNKNOWN;
    }
    if (members.stream().allMatch(m -> m.getState() == HealthState.SILENT)) {
      return HealthState.SILENT;
    }
    if (members.stream().allMatch(m -> m.getReachable() == 0) || primaryIsDown(scope, members)) {
      return HealthState.DOWN;
    }
    return members.stream()
        .map(m -> asSeverity(m.getState()))
        .reduce(Firing.state(firing), BinaryOperator.maxBy(Comparator.naturalOrder()));
  }

  private static boolean primaryIsDown(HealthScope scope, Collection<Health> members) {
    return scope.scope() == Scope.GROUP
        && members.stream().noneMatch(m -> m.getPrimaries() > 0)
        && members.stream()
            .anyMatch(m -> m.getRole() == Role.PRIMARY && m.getState() == HealthState.DOWN);
  }

  /** What a member's state means for the whole. */
  static HealthState asSeverity(HealthState state) {
    return switch (state) {
      case HEALTHY, UNKNOWN -> HealthState.HEALTHY;
      case WARNING, SILENT -> HealthState.WARNING;
      case CRITICAL, DOWN -> HealthState.CRITICAL;
    };
  }

  private static Instant updatedAt(
      Collection<Health> members, FiringRules firing, @Nullable Health before) {
    Instant atLeast = before == null ? Instant.EPOCH : before.getUpdatedAt();
    return members.stream()
        .map(Health::getUpdatedAt)
        .reduce(Firing.later(atLeast, firing.getChangedAt()), Firing::later);
  }

  private static Map<String, String> sharedLabels(Collection<Health> members) {
    return members.stream().map(Health::getLabels).reduce(Rollup::intersection).orElse(Map.of());
  }

  private static Map<String, String> intersection(Map<String, String> a, Map<String, String> b) {
    Map<String, String> shared = new HashMap<>(a);
    shared.entrySet().retainAll(b.entrySet());
    return shared;
  }

  /** Replicas hold copies of the same keys; a group's figure counts its primaries already. */
  private static @Nullable Long keysOfPrimaries(Health member) {
    boolean counts = member.getScope() == Scope.GROUP || member.getPrimaries() > 0;
    return counts ? member.getKeys() : null;
  }

  private static int sum(Collection<Health> members, ToIntFunction<Health> figure) {
    return members.stream().mapToInt(figure).sum();
  }

  private static <T> @Nullable T fold(
      Collection<Health> members,
      Function<Health, @Nullable T> figure,
      BinaryOperator<T> combination) {
    List<T> known = members.stream().map(figure).filter(Objects::nonNull).toList();
    return known.stream().reduce(combination).orElse(null);
  }
}
