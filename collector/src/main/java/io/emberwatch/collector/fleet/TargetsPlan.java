package io.emberwatch.collector.fleet;

import io.emberwatch.schemas.TargetDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the topic differs from what is wanted. Pure. A definition that differs only in when it was
 * written is equal.
 *
 * @param added wanted and not there
 * @param changed wanted, and there otherwise
 * @param surplus there in one of the wanted fleets and not wanted, by id
 * @param unchanged how many are there as wanted
 */
public record TargetsPlan(
    List<TargetDefinition> added, List<Change> changed, List<String> surplus, int unchanged) {

  /** A definition as it is there and as it is wanted; {@code before} is null if unreadable. */
  public record Change(@Nullable TargetDefinition before, TargetDefinition after) {}

  public TargetsPlan {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    surplus = List.copyOf(surplus);
  }

  /**
   * Compares.
   *
   * @param wanted by target id
   */
  public static TargetsPlan between(
      TargetsTopic.Contents present, Map<String, TargetDefinition> wanted) {
    List<TargetDefinition> added = new ArrayList<>();
    List<Change> changed = new ArrayList<>();
    int unchanged = 0;
    for (TargetDefinition definition : wanted.values()) {
      TargetDefinition before = present.definitions().get(definition.getTargetId());
      if (before == null && !present.unreadable().containsKey(definition.getTargetId())) {
        added.add(definition);
      } else if (before == null || !isEqual(before, definition)) {
        changed.add(new Change(before, definition));
      } else {
        unchanged++;
      }
    }
    return new TargetsPlan(added, changed, surplus(present, wanted), unchanged);
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return added.isEmpty() && changed.isEmpty() && surplus.isEmpty();
  }

  /** What is to be written. */
  public List<TargetDefinition> upserts() {
    List<TargetDefinition> upserts = new ArrayList<>(added);
    changed.forEach(change -> upserts.add(change.after()));
    return upserts;
  }

  private static List<String> surplus(
      TargetsTopic.Contents present, Map<String, TargetDefinition> wanted) {
    List<String> fleets =
        wanted.values().stream().map(TargetDefinition::getFleet).distinct().toList();
    List<String> there = new ArrayList<>(present.definitions().keySet());
    there.addAll(present.unreadable().keySet());
    return there.stream()
        .filter(id -> !wanted.containsKey(id))
        .filter(id -> fleets.contains(id.substring(0, Math.max(0, id.indexOf('/')))))
        .sorted()
        .toList();
  }

  private static boolean isEqual(TargetDefinition a, TargetDefinition b) {
    return TargetDefinition.newBuilder(a).setAppliedAt(b.getAppliedAt()).build().equals(b);
  }
}
