package io.emberwatch.collector.discover;

import io.emberwatch.collector.cluster.ClusterNode;
import io.emberwatch.collector.cluster.Shard;
import io.emberwatch.collector.target.ServerAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What the servers call their shards. Only a node itself tells it (CLUSTER MYSHARDID, 7.2), so one
 * node of each new primary's shard is asked once, a few at a time. One call at a time.
 */
final class ShardIds {

  /** Connections that are open at once. */
  private static final int SIDE_BY_SIDE = 16;

  /** Members of a shard that are asked before it goes without an id in this look. */
  private static final int TRIES = 2;

  private final Function<ServerAddress, CompletableFuture<Optional<String>>> ask;
  private final Map<String, String> byPrimary = new ConcurrentHashMap<>();

  /**
   * @param ask never fails; empty when there is no answer
   */
  ShardIds(Function<ServerAddress, CompletableFuture<Optional<String>>> ask) {
    this.ask = ask;
  }

  /** The shards of a view, with their ids as far as they are told. */
  CompletableFuture<List<Shard>> called(ClusterView view) {
    byPrimary.keySet().retainAll(view.shards().stream().map(Shard::primaryId).toList());
    Queue<Shard> unknown = new ArrayDeque<>();
    view.shards().stream().filter(shard -> id(shard).isEmpty()).forEach(unknown::add);
    if (!view.tellsShardIds() || unknown.isEmpty()) {
      return CompletableFuture.completedFuture(named(view));
    }
    List<CompletableFuture<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < SIDE_BY_SIDE; lane++) {
      lanes.add(next(unknown, view));
    }
    return CompletableFuture.allOf(lanes.toArray(CompletableFuture[]::new))
        .thenApply(done -> named(view));
  }

  private CompletableFuture<Void> next(Queue<Shard> unknown, ClusterView view) {
    Shard shard;
    synchronized (unknown) {
      shard = unknown.poll();
    }
    if (shard == null) {
      return CompletableFuture.completedFuture(null);
    }
    List<ServerAddress> members =
        shard.nodes().stream()
            .filter(node -> !node.isFailed())
            .sorted(Comparator.comparing((ClusterNode node) -> !node.isPrimary()))
            .map(view::address)
            .flatMap(Optional::stream)
            .limit(TRIES)
            .toList();
    return first(members, 0)
        .thenCompose(
            id -> {
              id.ifPresent(told -> byPrimary.put(shard.primaryId(), told));
              return next(unknown, view);
            });
  }

  private CompletableFuture<Optional<String>> first(List<ServerAddress> members, int index) {
    if (index == members.size()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return ask.apply(members.get(index))
        .thenCompose(
            id ->
                id.isPresent() ? CompletableFuture.completedFuture(id) : first(members, index + 1));
  }

  private List<Shard> named(ClusterView view) {
    return view.shards().stream().map(shard -> shard.called(id(shard))).toList();
  }

  private Optional<String> id(Shard shard) {
    return shard.id().or(() -> Optional.ofNullable(byPrimary.get(shard.primaryId())));
  }
}
