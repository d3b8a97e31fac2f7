package io.emberwatch.collector.discover;

import io.emberwatch.collector.connect.Faults;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.ServerAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks the nodes of a cluster in turn for their view of it. The connection to the one that answered
 * last stays open, so that a look costs one question. One call at a time.
 */
final class ClusterSeeds implements AutoCloseable {

  private static final Outcome NOBODY = new Outcome(null, "");

  private final Discovery discovery;
  private final RedisConnector connector;
  private @Nullable ClusterPeer open;
  private boolean closed;

  ClusterSeeds(Discovery discovery, RedisConnector connector) {
    this.discovery = discovery;
    this.connector = connector;
  }

  /** Who answered last, and is still connected. */
  synchronized Optional<ServerAddress> lastAnswered() {
    return Optional.ofNullable(open).filter(ClusterPeer::isOpen).map(ClusterPeer::address);
  }

  /**
   * The first view that is good enough, else the one with most nodes.
   *
   * @param candidates one or more
   * @param enough whether to ask no further
   * @return fails with a {@link DiscoveryException} when nobody answers
   */
  CompletableFuture<ClusterView> firstView(
      List<ServerAddress> candidates, Predicate<ClusterView> enough) {
    return next(candidates, 0, enough, NOBODY);
  }

  /** What a node calls its shard, over a connection of its own; empty when it does not say. */
  CompletableFuture<Optional<String>> shardId(ServerAddress node) {
    return ClusterPeer.connect(discovery, node, connector)
        .thenCompose(peer -> peer.shardId().whenComplete((id, fault) -> peer.close()))
        .exceptionally(unreachable -> Optional.empty());
  }

  @Override
  public synchronized void close() {
    closed = true;
    keep(null);
  }

  private CompletableFuture<ClusterView> next(
      List<ServerAddress> candidates, int index, Predicate<ClusterView> enough, Outcome best) {
    if (index == candidates.size()) {
      return best.view != null
          ? CompletableFuture.completedFuture(best.view)
          : CompletableFuture.failedFuture(new DiscoveryException(best.fault));
    }
    return ask(candidates.get(index))
        .thenCompose(
            outcome ->
                outcome.view != null && enough.test(outcome.view)
                    ? CompletableFuture.completedFuture(outcome.view)
                    : next(candidates, index + 1, enough, best.or(outcome)));
  }

  private CompletableFuture<Outcome> ask(ServerAddress address) {
    return connected(address)
        .thenCompose(ClusterPeer::view)
        .thenApply(outcome -> outcome(address, outcome))
        .exceptionally(fault -> outcome(address, Faults.ofConnect(fault)));
  }

  private CompletableFuture<ClusterPeer> connected(ServerAddress address) {
    synchronized (this) {
      if (open != null && open.address().equals(address) && open.isOpen()) {
        return CompletableFuture.completedFuture(open);
      }
    }
    return ClusterPeer.connect(discovery, address, connector)
        .thenApply(
            peer -> {
              keep(peer);
              return peer;
            });
  }

  private Outcome outcome(ServerAddress address, ProbeOutcome<ClusterView> outcome) {
    Optional<ClusterView> view = outcome.answer().filter(answer -> !answer.shards().isEmpty());
    if (view.isPresent()) {
      return new Outcome(view.get(), "");
    }
    keep(null);
    return new Outcome(null, address + ": " + ClusterPeer.reason(outcome));
  }

  private synchronized void keep(@Nullable ClusterPeer next) {
    if (open != null) {
      open.close();
    }
    open = closed ? null : next;
    if (closed && next != null) {
      next.close();
    }
  }

  /**
   * What asking one node gave.
   *
   * @param fault why there is no view; empty when nobody was asked
   */
  private record Outcome(@Nullable ClusterView view, String fault) {

    /** The view with more nodes; of two faults the first, since the first node is the best. */
    Outcome or(Outcome other) {
      if (view == null) {
        return other.view != null || fault.isEmpty() ? other : this;
      }
      return other.view != null && other.view.nodes().size() > view.nodes().size() ? other : this;
    }
  }
}
