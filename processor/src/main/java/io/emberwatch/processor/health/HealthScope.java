package io.emberwatch.processor.health;

import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A group or fleet that healths are folded into.
 *
 * @param group null: a fleet
 */
public record HealthScope(String fleet, @Nullable String group) {

  /** The group of an instance, the fleet of a group. */
  public static HealthScope parentOf(Health child) {
    return new HealthScope(
        child.getFleet(), child.getScope() == Scope.INSTANCE ? child.getGroup() : null);
  }

  /** The scope that a published health is of. */
  public static HealthScope of(Health health) {
    return new HealthScope(health.getFleet(), health.getGroup());
  }

  /** Key of the health topic. */
  public String id() {
    return group == null ? fleet : fleet + "/" + group;
  }

  /** What it is. */
  public Scope scope() {
    return group == null ? Scope.FLEET : Scope.GROUP;
  }
}
