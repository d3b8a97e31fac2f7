package io.emberwatch.collector.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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

  /**
   * The shards of one view; nodes in a handshake belong to none. A primary that was failed over and
   * has not come back looks like a shard of its own in CLUSTER NODES; CLUSTER SHARDS since 7.2
   * knows better.
   */
  public static List<Shard> of(List<ClusterNode> view, ShardsReply listed) {
    Map<String, ShardsReply.Listed> byNode = new HashMap<>();
    listed.shards().forEach(shard -> shard.members().forEach(m -> byNode.put(m.id(), shard)));
    Map<Object, List<ClusterNode>> groups = new LinkedHashMap<>();
    for (ClusterNode node : view) {
      if (node.hasJoined()) {
        String primary = node.primaryId().orElse(node.id());
        Object key = Optional.<Object>ofNullable(byNode.get(primary)).orElse(primary);
        groups.computeIfAbsent(key, any -> new ArrayList<>()).add(node);
      }
    }
    List<Shard> shards = new ArrayList<>();
    groups.forEach((key, nodes) -> shards.add(new Shard(primaryOf(nodes), nodes, idOf(key))));
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

  /** The primary that serves; else one that has not failed; else who the replicas name. */
  private static String primaryOf(List<ClusterNode> nodes) {
    return nodes.stream()
        .filter(ClusterNode::isPrimary)
        .min(
            Comparator.comparing((ClusterNode node) -> node.slots().isEmpty())
                .thenComparing(ClusterNode::isFailed)
                .thenComparing(ClusterNode::id))
        .map(ClusterNode::id)
        .orElseGet(() -> nodes.get(0).primaryId().orElse(nodes.get(0).id()));
  }

  private static Optional<String> idOf(Object key) {
    return key instanceof ShardsReply.Listed listed ? listed.id() : Optional.empty();
  }
}
