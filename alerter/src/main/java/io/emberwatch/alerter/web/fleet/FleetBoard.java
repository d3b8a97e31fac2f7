package io.emberwatch.alerter.web.fleet;

import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import io.emberwatch.schemas.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Groups with their instances, worst first.
 *
 * @param counts instances of the place by state, whatever states are shown; worst state first
 * @param fleets names of all fleets, sorted
 * @param groups that match, worst first
 */
public record FleetBoard(
    Map<HealthState, Integer> counts, List<String> fleets, List<GroupBoard> groups) {

  /**
   * One replication group. It is shown when it or one of its instances has a wanted state.
   *
   * @param state of the group; the worst of its instances when it has no record of its own
   * @param own its own record; empty when only its instances are known
   * @param instances all of them, worst first
   */
  public record GroupBoard(
      String fleet, String name, HealthState state, Optional<Health> own, List<Health> instances) {}

  /** Arranges what matches the filter. Time: sorting all scopes. */
  public static FleetBoard of(List<Health> all, HealthFilter filter) {
    TreeSet<String> fleets = new TreeSet<>();
    Map<String, List<Health>> byGroup = new TreeMap<>();
    List<Health> instances = new ArrayList<>();
    for (Health health : all) {
      fleets.add(health.getFleet());
      if (health.getGroup() == null || !filter.inPlace(health)) {
        continue;
      }
      byGroup
          .computeIfAbsent(health.getFleet() + "/" + health.getGroup(), key -> new ArrayList<>())
          .add(health);
      if (health.getScope() == Scope.INSTANCE) {
        instances.add(health);
      }
    }
    List<GroupBoard> groups =
        byGroup.values().stream()
            .filter(members -> members.stream().anyMatch(filter::matches))
            .map(FleetBoard::group)
            .sorted(Comparator.comparingInt(group -> States.rank(group.state())))
            .toList();
    return new FleetBoard(States.count(instances), List.copyOf(fleets), groups);
  }

  private static GroupBoard group(List<Health> members) {
    Health any = members.get(0);
    Optional<Health> own =
        members.stream().filter(member -> member.getScope() == Scope.GROUP).findFirst();
    List<Health> instances =
        members.stream()
            .filter(member -> member.getScope() == Scope.INSTANCE)
            .sorted(States.BY_STATE)
            .toList();
    HealthState state = own.orElseGet(() -> instances.get(0)).getState();
    return new GroupBoard(any.getFleet(), any.getGroup(), state, own, instances);
  }
}
