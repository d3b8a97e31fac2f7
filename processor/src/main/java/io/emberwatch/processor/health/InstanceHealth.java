package io.emberwatch.processor.health;

import io.emberwatch.processor.signal.Reachability;
import io.emberwatch.processor.state.FiringRules;
import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Scope;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.TargetState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The health of one instance: SILENT while a rule of kind ABSENCE fires, else DOWN if the last poll
 * was not answered, else by the worst rule that fires.
 *
 * <p>A poll that was not answered tells no role, engine or version; the last ones known stay, so
 * that the page can say which replica is down. An instance that does not answer, or is silent,
 * counts as no primary and no replica.
 */
public final class InstanceHealth {

  private InstanceHealth() {}

  /**
   * After a sample.
   *
   * @param before null: none yet
   */
  public static Health sampled(@Nullable Health before, Signals signals, FiringRules firing) {
    Health next =
        Health.newBuilder()
            .setScopeId(signals.getInstanceId())
            .setScope(Scope.INSTANCE)
            .setFleet(signals.getFleet())
            .setGroup(signals.getGroup())
            .setInstanceId(signals.getInstanceId())
            .setLabels(signals.getLabels())
            .setSince(signals.getSampledAt())
            .setUpdatedAt(updatedAt(before, signals, firing))
            .setLastSampleAt(signals.getSampledAt())
            .setFiringRules(Firing.worstFirst(firing))
            .setTargetState(signals.getState())
            .setError(signals.getError())
            .setEngine(engine(before, signals))
            .setVersion(version(before, signals))
            .setRole(role(before, signals))
            .setInstances(1)
            .setReachable(0)
            .setPrimaries(0)
            .setReplicas(0)
            .setOpsRate(signals.getOpsRate())
            .setMemUtil(signals.getMemUtil())
            .setUsedMemoryBytes(signals.getUsedMemoryBytes())
            .setConnectedClients(signals.getConnectedClients())
            .setHitRatio(signals.getHitRatio())
            .setLagBytes(signals.getLagBytes())
            .setKeys(signals.getKeys())
            .build();
    return judged(before, next, firing);
  }

  /** After a change of the rules that fire. */
  public static Health rejudged(Health before, FiringRules firing) {
    Health next = Health.newBuilder(before).setFiringRules(Firing.worstFirst(firing)).build();
    next.setUpdatedAt(Firing.later(before.getUpdatedAt(), firing.getChangedAt()));
    return judged(before, next, firing);
  }

  /** After the instance was forgotten: a health that {@link Publication#isGone}. */
  public static Health forgotten(Health before, Instant at) {
    Health gone = Health.newBuilder(before).setState(HealthState.UNKNOWN).build();
    gone.setInstances(0);
    gone.setUpdatedAt(Firing.later(before.getUpdatedAt(), at));
    gone.setSince(gone.getUpdatedAt());
    return gone;
  }

  /** A clock caused some transitions, so that they may be ahead of the samples. */
  private static Instant updatedAt(@Nullable Health before, Signals signals, FiringRules firing) {
    Instant at = Firing.later(signals.getSampledAt(), firing.getChangedAt());
    return before == null ? at : Firing.later(before.getUpdatedAt(), at);
  }

  private static Health judged(@Nullable Health before, Health next, FiringRules firing) {
    boolean silent = Firing.silent(firing);
    TargetState polled = next.getTargetState();
    boolean answers = !silent && polled != null && Reachability.of(polled);
    next.setReachable(answers ? 1 : 0);
    next.setPrimaries(answers && next.getRole() == Role.PRIMARY ? 1 : 0);
    next.setReplicas(answers && next.getRole() == Role.REPLICA ? 1 : 0);
    HealthState unanswered = silent ? HealthState.SILENT : HealthState.DOWN;
    next.setState(answers ? Firing.state(firing) : unanswered);
    next.setSince(Firing.since(before, next.getState(), next.getUpdatedAt()));
    return next;
  }

  private static @Nullable Role role(@Nullable Health before, Signals signals) {
    return signals.getRole() == Role.UNKNOWN && before != null
        ? before.getRole()
        : signals.getRole();
  }

  private static @Nullable Engine engine(@Nullable Health before, Signals signals) {
    return signals.getEngine() == Engine.UNKNOWN && before != null
        ? before.getEngine()
        : signals.getEngine();
  }

  private static @Nullable String version(@Nullable Health before, Signals signals) {
    return signals.getVersion() == null && before != null
        ? before.getVersion()
        : signals.getVersion();
  }
}
