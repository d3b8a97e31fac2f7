package io.emberwatch.collector.census;

import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.TargetState;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides which member of a replication group its census is taken on: a replica that is up, else
 * the primary; of several the one whose id comes first, so that the choice stays. It knows the
 * members that this collector polls. Thread-safe.
 */
final class GroupMembers {

  /** By instance id; only members that are up. */
  private final Map<String, Member> up = new ConcurrentHashMap<>();

  private record Member(Role role, boolean hasHotKeys) {}

  /** Takes what a poll found. */
  void observe(InstanceSample sample) {
    if (sample.getState() == TargetState.UP) {
      boolean hotKeys =
          ServerState.hasHotKeys(sample.getEngine(), Optional.ofNullable(sample.getVersion()));
      up.put(sample.getInstanceId(), new Member(sample.getRole(), hotKeys));
    } else {
      up.remove(sample.getInstanceId());
    }
  }

  void forget(String instanceId) {
    up.remove(instanceId);
  }

  /** Whether this target is a primary or a replica, up, and knows HOTKEYS. */
  boolean hasHotKeys(Target target) {
    Member member = up.get(target.instanceId());
    return member != null && member.hasHotKeys() && rank(target.instanceId()) < Integer.MAX_VALUE;
  }

  /**
   * Whether the census of its group is taken on this target.
   *
   * @param targets all that opted in to a census
   */
  boolean isTurnOf(Target target, Collection<Target> targets) {
    return targets.stream()
        .filter(other -> other.fleet().equals(target.fleet()))
        .filter(other -> other.group().equals(target.group()))
        .map(Target::instanceId)
        .filter(id -> rank(id) < Integer.MAX_VALUE)
        .min(Comparator.comparingInt(this::rank).thenComparing(Comparator.naturalOrder()))
        .filter(target.instanceId()::equals)
        .isPresent();
  }

  private int rank(String instanceId) {
    Member member = up.get(instanceId);
    return switch (member == null ? Role.UNKNOWN : member.role()) {
      case REPLICA -> 0;
      case PRIMARY -> 1;
      default -> Integer.MAX_VALUE;
    };
  }
}
