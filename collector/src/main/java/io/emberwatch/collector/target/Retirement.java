package io.emberwatch.collector.target;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A definition that was taken out, as opposed to one that another collector acts on now.
 *
 * @param id instance id of a target, or {@link Discovery#id}
 * @param at when it was taken out, if that was before this collector could act on it; empty: just
 *     now, while it was in force here
 */
public record Retirement(String id, Optional<Instant> at) {

  /** What one snapshot of a source has and the next has not, taken out just now. */
  static List<Retirement> between(Definitions before, Definitions after) {
    Set<String> left = Set.copyOf(after.ids());
    List<Retirement> retired = new ArrayList<>();
    for (String id : before.ids()) {
      if (!left.contains(id)) {
        retired.add(new Retirement(id, Optional.empty()));
      }
    }
    return retired;
  }
}
