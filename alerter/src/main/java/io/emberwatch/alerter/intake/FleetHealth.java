package io.emberwatch.alerter.intake;

import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Latest state of every scope, by scope id, in memory. Bounded: beyond {@link #MAX_SCOPES} new
 * scopes are counted and left out. The records are shared and must not be changed. Thread-safe.
 */
public final class FleetHealth {

  /** Some 2 kB each: 100 MB at most. */
  static final int MAX_SCOPES = 50_000;

  private final TreeMap<String, Health> byScopeId = new TreeMap<>();
  private final int maxScopes;
  private long leftOut;
  private boolean complete;

  public FleetHealth() {
    this(MAX_SCOPES);
  }

  FleetHealth(int maxScopes) {
    this.maxScopes = maxScopes;
  }

  /** Whether everything that was on the topic at the start has been read. */
  public synchronized boolean complete() {
    return complete;
  }

  /** Updates for scopes that had no room. */
  public synchronized long leftOut() {
    return leftOut;
  }

  /** State of one scope: an instance id, fleet/group, or fleet. */
  public synchronized Optional<Health> find(String scopeId) {
    return Optional.ofNullable(byScopeId.get(scopeId));
  }

  /** Fleets, by name. */
  public List<Health> fleets() {
    return select(health -> health.getScope() == Scope.FLEET);
  }

  /** Groups of a fleet, by name. */
  public List<Health> groups(String fleet) {
    return select(health -> health.getScope() == Scope.GROUP && health.getFleet().equals(fleet));
  }

  /** Instances of a group, by id. */
  public List<Health> instances(String fleet, String group) {
    return select(
        health ->
            health.getScope() == Scope.INSTANCE
                && health.getFleet().equals(fleet)
                && group.equals(health.getGroup()));
  }

  /** All scopes, by id. */
  public List<Health> all() {
    return select(health -> true);
  }

  /** Takes a record of the topic in; null removes the scope. */
  synchronized void put(String scopeId, @Nullable Health health) {
    if (health == null) {
      byScopeId.remove(scopeId);
    } else if (byScopeId.size() < maxScopes || byScopeId.containsKey(scopeId)) {
      byScopeId.put(scopeId, health);
    } else {
      leftOut++;
    }
  }

  synchronized void markComplete() {
    complete = true;
  }

  private synchronized List<Health> select(Predicate<Health> wanted) {
    Collection<Health> all = byScopeId.values();
    return all.stream().filter(wanted).toList();
  }
}
