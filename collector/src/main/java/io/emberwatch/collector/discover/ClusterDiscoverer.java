package io.emberwatch.collector.discover;

import io.emberwatch.collector.cluster.ClusterNode;
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
 * answered last, then the seeds, then all others, until one knows at least half of those that were
 * known before: a node that was reset, or that was moved to another cluster, must not end the
 * watching of all others. If none does, the one that knows most nodes is believed.
 */
final class ClusterDiscoverer implements Discoverer {

  private final Discovery discovery;
  private final DiscoveryMethod.Cluster method;
  private final ClusterSeeds seeds;
  private final ShardIds ids;
  private final ShardNames names;
  private volatile Set<String> knownIds = Set.of();
  private volatile List<ServerAddress> knownAddresses = List.of();

  /**
   * @param names kept over changes of the discovery's settings
   */
  ClusterDiscoverer(
      Discovery discovery, DiscoveryMethod.Cluster method, ClusterSeeds seeds, ShardNames names) {
    this.discovery = discovery;
    this.method = method;
    this.seeds = seeds;
    this.ids = new ShardIds(seeds::shardId);
    this.names = names;
  }

  @Override
  public CompletableFuture<List<Target>> discover() {
    Map<String, ServerAddress> candidates = new LinkedHashMap<>();
    seeds.lastAnswered().ifPresent(address -> candidates.put(address.canonical(), address));
    method.seeds().forEach(address -> candidates.putIfAbsent(address.canonical(), address));
    knownAddresses.forEach(address -> candidates.putIfAbsent(address.canonical(), address));
    return seeds
        .firstView(List.copyOf(candidates.values()), this::knowsTheOthers)
        .thenCompose(
            view -> ids.called(view).thenApply(shards -> targets(view, names.assign(shards))));
  }

  @Override
  public void close() {
    seeds.close();
  }

  private boolean knowsTheOthers(ClusterView view) {
    Set<String> known = knownIds;
    long kept = view.nodes().stream().filter(node -> known.contains(node.id())).count();
    return kept * 2 >= known.size();
  }

  private List<Target> targets(ClusterView view, Map<String, String> shards) {
    Map<String, Target> byAddress = new LinkedHashMap<>();
    // A node that failed may have left its address to another.
    List<ClusterNode> healthyFirst = new ArrayList<>(view.nodes());
    healthyFirst.sort(Comparator.comparing(ClusterNode::isFailed).thenComparing(ClusterNode::id));
    for (ClusterNode node : healthyFirst) {
      String shard = Objects.requireNonNull(shards.get(node.id()));
      Optional<ServerAddress> address = view.address(node);
      address.ifPresent(at -> byAddress.putIfAbsent(at.canonical(), target(shard, at)));
    }
    List<Target> targets = new ArrayList<>(byAddress.values());
    targets.sort(Comparator.comparing(Target::instanceId));
    knownIds = view.nodes().stream().map(ClusterNode::id).collect(Collectors.toUnmodifiableSet());
    knownAddresses =
        targets.stream().map(target -> ServerAddress.of(target.host(), target.port())).toList();
    return targets;
  }

  private Target target(String shard, ServerAddress address) {
    return discovery.target(
        discovery.group() + "-" + shard, address, Map.of("cluster", discovery.group()));
  }
}
