package io.emberwatch.processor.group;

import org.jspecify.annotations.Nullable;

/**
 * The figures of a group that rules judge, by the names that rules use.
 *
 * @param members members known, answering or not
 * @param reachableMembers members that answered their last poll and are not silent
 * @param primaries members that last said that they are primaries, answering or not
 * @param reachablePrimaries those of them that count as primaries now; see {@link GroupView}
 * @param onlineReplicas replicas that copy a primary
 * @param expectedReplicas replicas there should be; null: neither labelled nor learned
 * @param missingReplicas expected less online, 0 or more; null as above
 * @param hasBeenComplete a primary answered before, and is still a known member
 */
public record GroupFigures(
    int members,
    int reachableMembers,
    int primaries,
    int reachablePrimaries,
    int onlineReplicas,
    @Nullable Integer expectedReplicas,
    @Nullable Integer missingReplicas,
    boolean hasBeenComplete) {

  /** The figure of that name as Long or Boolean; null: not known, or no figure of a group. */
  public @Nullable Object value(String name) {
    return switch (name) {
      case "members" -> (long) members;
      case "reachable_members" -> (long) reachableMembers;
      case "primaries" -> (long) primaries;
      case "reachable_primaries" -> (long) reachablePrimaries;
      case "online_replicas" -> (long) onlineReplicas;
      case "expected_replicas" -> asLong(expectedReplicas);
      case "missing_replicas" -> asLong(missingReplicas);
      case "group_has_been_complete" -> hasBeenComplete;
      default -> null;
    };
  }

  private static @Nullable Long asLong(@Nullable Integer figure) {
    return figure == null ? null : Long.valueOf(figure);
  }
}
