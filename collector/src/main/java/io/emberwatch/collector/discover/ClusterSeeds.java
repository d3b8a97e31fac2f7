package io.emberwatch.collector.discover;

import io.emberwatch.collector.cluster.ClusterNode;
import io.emberwatch.collector.cluster.NodesReply;
import io.emberwatch.collector.cluster.Shard;
import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.Faults;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Failed;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.ServerAddress;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks the nodes of a cluster in turn for their view of it. The connection to the one that answered
 * last stays open, so that a look costs one question. One call at a time.
 */
final class ClusterSeeds implements AutoCloseable {

  /** For a connect and for an answer each: three dead seeds leave time for a fourth. */
  private static final Duration STEP = Duration.ofSeconds(1);

  private final Discovery discovery;
  private final RedisConnector connector;
  private @Nullable Open open;
  private volatile boolean closed;

  ClusterSeeds(Discovery discovery, RedisConnector connector) {
    this.discovery = discovery;
    this.connector = connector;
  }

  /** Who answered last, and is still connected. */
  Optional<ServerAddress> lastAnswered() {
    return Optional.ofNullable(open).map(Open::address);
  }

  /**
   * The first view that is good enough, else the one with most nodes.
   *
   * @param enough whether to ask no further
   * @return fails with a {@link DiscoveryException} when nobody answers
   */
  CompletableFuture<ClusterView> firstView(
      List<ServerAddress> candidates, Predicate<ClusterView> enough) {
    return next(candidates, 0, enough, new Outcome(null, "no seed"));
  }

  @Override
  public void close() {
    closed = true;
    drop();
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
        .thenCompose(exchange -> view(address, exchange))
        .exceptionally(fault -> unreachable(address, Faults.ofConnect(fault)));
  }

  private CompletableFuture<Exchange> connected(ServerAddress address) {
    Open former = open;
    if (former != null && former.address.equals(address) && former.exchange.isOpen()) {
      return CompletableFuture.completedFuture(former.exchange);
    }
    CompletableFuture<Exchange> connecting =
        connector.connect(discovery.target(discovery.group(), address, Map.of()));
    return connecting
        .copy()
        .orTimeout(STEP.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (exchange, fault) -> {
              if (fault == null) {
                keep(new Open(address, exchange));
              } else {
                // A connect that succeeds after its deadline must not stay open unseen.
                CompletableFuture<Void> unused = connecting.thenAccept(Exchange::close);
              }
            });
  }

  private CompletableFuture<Outcome> view(ServerAddress address, Exchange exchange) {
    return exchange
        .bytes(CommandType.CLUSTER, "NODES")
        .completeOnTimeout(new ProbeOutcome.TimedOut<>(), STEP.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(
            outcome -> {
              if (!(outcome instanceof Answered<byte[]> answered)) {
                return unreachable(address, outcome);
              }
              ClusterView view = read(address, answered.value());
              return view.shards().isEmpty()
                  ? new Outcome(null, address + ": the reply to CLUSTER NODES cannot be read")
                  : new Outcome(view, "");
            });
  }

  private static ClusterView read(ServerAddress address, byte[] reply) {
    List<ClusterNode> nodes = NodesReply.parse(reply);
    return new ClusterView(address, nodes, Shard.of(nodes));
  }

  private Outcome unreachable(ServerAddress address, ProbeOutcome<?> outcome) {
    drop();
    String why = "no answer within " + STEP.toMillis() + " ms";
    if (outcome instanceof Refused<?> refused) {
      why = refused.message();
    } else if (outcome instanceof Failed<?> failed) {
      why = failed.error();
    }
    return new Outcome(null, address + ": " + why);
  }

  private void keep(Open next) {
    drop();
    open = next;
    if (closed) {
      drop();
    }
  }

  private void drop() {
    Open former = open;
    open = null;
    if (former != null) {
      former.exchange.close();
    }
  }

  private record Open(ServerAddress address, Exchange exchange) {}

  /**
   * What asking one node gave.
   *
   * @param fault why there is no view
   */
  private record Outcome(@Nullable ClusterView view, String fault) {

    /** The view with more nodes; of two faults the first, since the first node is the best. */
    Outcome or(Outcome other) {
      if (view == null) {
        return other.view != null || fault.equals("no seed") ? other : this;
      }
      return other.view != null && other.view.nodes().size() > view.nodes().size() ? other : this;
    }
  }
}
