package io.emberwatch.collector.discover;

import io.emberwatch.collector.cluster.ClusterNode;
import io.emberwatch.collector.cluster.Shard;
import io.emberwatch.collector.cluster.ShardNames;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.DiscoveryMethod;
import io.emberwatch.collector.target.ServerAddress;
import io.emberwatch.collector.target.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The nodes of a Redis Cluster, as any of them tells it. The nodes are asked in turn: first who
 * answered last, then the seeds, then all others, until one knows most of those that were known
 * before; a node that was reset, or that was moved to another cluster, must not end the watching of
 * all others. If none does, the one that knows most is believed. One call at a time.
 */
final class ClusterDiscoverer implements Discoverer {

  private final Discovery discovery;
  private final DiscoveryMethod.Cluster method;
  private final ClusterSeeds seeds;
  private final ShardNames names;
  private Set<String> knownIds = Set.of();
  private List<ServerAddress> knownAddresses = List.of();

  /**
   * @param names kept over changes of the discovery's settings
   */
  ClusterDiscoverer(
      Discovery discovery, DiscoveryMethod.Cluster method, ClusterSeeds seeds, ShardNames names) {
    this.discovery = discovery;
    this.method = method;
    this.seeds = seeds;
    this.names = names;
  }

  @Override
  public CompletableFuture<List<Target>> discover() {
    Map<String, ServerAddress> candidates = new LinkedHashMap<>();
    seeds.lastAnswered().ifPresent(address -> candidates.put(address.canonical(), address));
    method.seeds().forEach(address -> candidates.putIfAbsent(address.canonical(), address));
    knownAddresses.forEach(address -> candidates.putIfAbsent(address.canonical(), address));
    return seeds.firstView(List.copyOf(candidates.values()), this::knows).thenApply(this::targets);
  }

  @Override
  public void close() {
    seeds.close();
  }

  /** How many of the known nodes a view lacks: at most half is believed at once. */
  private boolean knows(ClusterView view) {
    long kept = view.nodes().stream().filter(node -> knownIds.contains(node.id())).count();
    return kept * 2 >= knownIds.size();
  }

  private List<Target> targets(ClusterView view) {
    Map<String, String> groups = names.assign(view.shards());
    List<ClusterNode> nodes =
        view.shards().stream().map(Shard::nodes).flatMap(List::stream).toList();
    Map<String, Target> byAddress = new LinkedHashMap<>();
    // A node that failed may have left its address to another.
    List<ClusterNode> healthyFirst = new ArrayList<>(nodes);
    healthyFirst.sort(Comparator.comparing(ClusterNode::isFailed).thenComparing(ClusterNode::id));
    for (ClusterNode node : healthyFirst) {
      Optional<ServerAddress> address = view.address(node);
      address.ifPresent(
          at ->
              byAddress.putIfAbsent(
                  at.canonical(), target(Objects.requireNonNull(groups.get(node.id())), at)));
    }
    knownIds = nodes.stream().map(ClusterNode::id).collect(Collectors.toSet());
    List<Target> targets = new ArrayList<>(byAddress.values());
    targets.sort(Comparator.comparing(Target::instanceId));
    knownAddresses =
        targets.stream().map(target -> ServerAddress.of(target.host(), target.port())).toList();
    return targets;
  }

  private Target target(String shard, ServerAddress address) {
    return discovery.target(
        discovery.group() + "-" + shard, address, Map.of("cluster", discovery.group()));
  }
}
