package io.emberwatch.collector.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a reload changed. A target that is equal in both snapshots is in none of the lists and keeps
 * its connections.
 *
 * @param added watched from now on
 * @param removed watched no longer
 * @param changed as they are now; something about them differs, so what was built from the former
 *     target must be built again
 */
public record TargetChanges(List<Target> added, List<Target> removed, List<Target> changed) {

  public TargetChanges {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
  }

  /** The way from one snapshot to the next, each with distinct instance ids. */
  public static TargetChanges between(List<Target> before, List<Target> after) {
    Map<String, Target> old = new LinkedHashMap<>();
    before.forEach(target -> old.put(target.instanceId(), target));
    List<Target> added = new ArrayList<>();
    List<Target> changed = new ArrayList<>();
    for (Target target : after) {
      Target former = old.remove(target.instanceId());
      if (former == null) {
        added.add(target);
      } else if (!former.equals(target)) {
        changed.add(target);
      }
    }
    return new TargetChanges(added, List.copyOf(old.values()), changed);
  }

  /** Whether the snapshots hold the same targets. */
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
  }
}
