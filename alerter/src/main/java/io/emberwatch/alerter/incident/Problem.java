package io.emberwatch.alerter.incident;

import io.emberwatch.schemas.BreachKind;
import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Identity of a live problem: one rule on one scope.
 *
 * @param fingerprint hash of rule and scope id
 * @param scopeId instance id, fleet/group, or fleet
 * @param group replication group; null for a problem of the fleet
 * @param instanceId null for a problem of a group or fleet
 * @param labels of the target, such as owner and tier
 */
public record Problem(
    String fingerprint,
    String ruleId,
    BreachKind kind,
    CauseClass cause,
    Scope scope,
    String scopeId,
    String fleet,
    @Nullable String group,
    @Nullable String instanceId,
    Map<String, String> labels) {

  public Problem {
    labels = Map.copyOf(labels);
  }

  /** Slot that the problem belongs to. */
  public Slot slot() {
    return new Slot(fleet, scope == Scope.FLEET ? null : group, cause);
  }
}
