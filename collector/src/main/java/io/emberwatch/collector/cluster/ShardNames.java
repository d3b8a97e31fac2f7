package io.emberwatch.collector.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names for the shards of one cluster that outlive failovers and moved slots.
 *
 * <p>A shard with an id of the servers' own (7.2, Valkey) is called by it: every collector, now and
 * later, finds the same name. Older servers have none, so a shard there keeps the name that its
 * nodes had at the last look, its primary's first; a shard of new nodes is called by the smallest
 * of their ids. That name outlives everything but this object, and is found again by another as
 * long as the shard's nodes are the same. A primary that lost its slots to its replica keeps the
 * name of its shard, beside the replica, until it comes back as a replica itself. Not thread-safe.
 */
public final class ShardNames {

  /** Eight digits of 160 bits: of 1000 shards two share a name once in 8000 clusters. */
  private static final int SHORT = 8;

  /** What a primary's claim counts beside those of its replicas; more than a lone replica's. */
  private static final int PRIMARY_WEIGHT = 3;

  private Map<String, String> byNode = Map.of();

  /** The name of each shard, by the id of each of its nodes. */
  public Map<String, String> assign(List<Shard> shards) {
    Map<Shard, String> names = new HashMap<>();
    Set<String> taken = new HashSet<>();
    byId(shards, names, taken);
    byMemory(shards, names, taken);
    byNodes(shards, names, taken);
    Map<String, String> assigned = new HashMap<>();
    names.forEach((shard, name) -> shard.nodes().forEach(node -> assigned.put(node.id(), name)));
    byNode = Map.copyOf(assigned);
    return byNode;
  }

  private static void byId(List<Shard> shards, Map<Shard, String> names, Set<String> taken) {
    List<Shard> called =
        shards.stream()
            .filter(shard -> shard.id().isPresent())
            .sorted(Comparator.comparing(shard -> shard.id().orElseThrow()))
            .toList();
    Map<String, String> nameOfId = new HashMap<>();
    for (Shard shard : called) {
      String id = shard.id().orElseThrow();
      names.put(shard, nameOfId.computeIfAbsent(id, any -> free(id, taken)));
    }
  }

  /** The strongest claim to a name is granted first, so that of two heirs the better one wins. */
  private void byMemory(List<Shard> shards, Map<Shard, String> names, Set<String> taken) {
    for (Claim claim : claims(shards)) {
      boolean shared = !claim.shard.hasSlots() && !names.containsKey(claim.shard);
      if (!names.containsKey(claim.shard) && (taken.add(claim.name) || shared)) {
        names.put(claim.shard, claim.name);
      }
    }
  }

  private static void byNodes(List<Shard> shards, Map<Shard, String> names, Set<String> taken) {
    shards.stream()
        .filter(shard -> !names.containsKey(shard))
        .sorted(Comparator.comparing(ShardNames::smallestId))
        .forEach(shard -> names.put(shard, free(smallestId(shard), taken)));
  }

  private List<Claim> claims(Collection<Shard> shards) {
    List<Claim> claims = new ArrayList<>();
    for (Shard shard : shards) {
      Map<String, Integer> strength = new HashMap<>();
      for (ClusterNode node : shard.nodes()) {
        int weight = node.id().equals(shard.primaryId()) ? PRIMARY_WEIGHT : 1;
        Optional.ofNullable(byNode.get(node.id()))
            .ifPresent(name -> strength.merge(name, weight, Integer::sum));
      }
      strength.forEach((name, count) -> claims.add(new Claim(shard, name, count)));
    }
    claims.sort(
        Comparator.comparing((Claim claim) -> !claim.shard.hasSlots())
            .thenComparing(Comparator.comparingInt(Claim::strength).reversed())
            .thenComparing(claim -> claim.shard.primaryId())
            .thenComparing(Claim::name));
    return claims;
  }

  private static String smallestId(Shard shard) {
    return shard.nodes().stream().map(ClusterNode::id).min(Comparator.naturalOrder()).orElseThrow();
  }

  private static String free(String id, Set<String> taken) {
    String brief = id.substring(0, Math.min(SHORT, id.length()));
    if (taken.add(brief)) {
      return brief;
    }
    taken.add(id);
    return id;
  }

  private record Claim(Shard shard, String name, int strength) {}
}
