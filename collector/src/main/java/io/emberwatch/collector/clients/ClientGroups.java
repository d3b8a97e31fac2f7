package io.emberwatch.collector.clients;

import io.emberwatch.schemas.ClientGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Clients grouped by one thing. Bounded: the first {@value #MAX_KNOWN} groups are told apart, the
 * largest {@value #MAX_TOLD} of these are given, all else is "other". Not thread-safe.
 */
final class ClientGroups {

  /** A fleet whose clients all name themselves differently has no larger groups further on. */
  static final int MAX_KNOWN = 2_000;

  /** Bounds the record: six arrays of 50 groups of some 50 bytes are 15 KB. */
  static final int MAX_TOLD = 50;

  private static final String OTHER = "other";

  private static final Comparator<Map.Entry<GroupKey, ClientTally>> LARGEST_FIRST =
      Comparator.comparingLong(
              (Map.Entry<GroupKey, ClientTally> entry) -> entry.getValue().clients())
          .reversed()
          .thenComparing(entry -> entry.getKey().toString());

  private final BiConsumer<ClientLine, GroupKey> by;
  private final Map<GroupKey, ClientTally> tallies = new HashMap<>();
  private final ClientTally rest = new ClientTally();
  private final GroupKey key = new GroupKey();

  /**
   * @param by writes what a client has in common with others of its group
   */
  ClientGroups(BiConsumer<ClientLine, GroupKey> by) {
    this.by = by;
  }

  static ClientGroups by(ClientField field) {
    return new ClientGroups((client, key) -> client.appendTo(key, field));
  }

  void add(ClientLine client) {
    by.accept(client, key.clear());
    ClientTally tally = tallies.get(key);
    if (tally == null && tallies.size() < MAX_KNOWN) {
      tally = new ClientTally();
      tallies.put(key.copy(), tally);
    }
    (tally == null ? rest : tally).add(client);
  }

  /** Largest first, "other" last if there is any. */
  List<ClientGroup> told() {
    List<Map.Entry<GroupKey, ClientTally>> all = new ArrayList<>(tallies.entrySet());
    all.sort(LARGEST_FIRST);
    List<ClientGroup> groups = new ArrayList<>();
    ClientTally other = new ClientTally();
    other.add(rest);
    for (Map.Entry<GroupKey, ClientTally> entry : all) {
      if (groups.size() < MAX_TOLD) {
        groups.add(entry.getValue().group(entry.getKey().toString()));
      } else {
        other.add(entry.getValue());
      }
    }
    if (other.clients() > 0) {
      groups.add(other.group(OTHER));
    }
    return groups;
  }
}
