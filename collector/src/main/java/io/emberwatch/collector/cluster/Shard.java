package io.emberwatch.collector.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A primary with its replicas: a replication group of the cluster.
 *
 * @param primaryId the primary, or the id that replicas without one name
 * @param nodes all that belong to it, one or more
 * @param id what the servers call it, since 7.2 and in Valkey; empty when nobody said
 */
public record Shard(String primaryId, List<ClusterNode> nodes, Optional<String> id) {

  public Shard {
    nodes = List.copyOf(nodes);
  }

  /** The shards of one view; nodes in a handshake belong to none. */
  public static List<Shard> of(List<ClusterNode> view) {
    Map<String, List<ClusterNode>> byPrimary = new LinkedHashMap<>();
    for (ClusterNode node : view) {
      if (node.hasJoined()) {
        String primary = node.primaryId().orElse(node.id());
        byPrimary.computeIfAbsent(primary, any -> new ArrayList<>()).add(node);
      }
    }
    List<Shard> shards = new ArrayList<>();
    byPrimary.forEach((primary, nodes) -> shards.add(new Shard(primary, nodes, Optional.empty())));
    return List.copyOf(shards);
  }

  /** This shard with the servers' name for it. */
  public Shard called(Optional<String> shardId) {
    return new Shard(primaryId, nodes, shardId);
  }

  /** Whether it serves any slot. */
  public boolean hasSlots() {
    return nodes.stream().anyMatch(node -> !node.slots().isEmpty());
  }
}
