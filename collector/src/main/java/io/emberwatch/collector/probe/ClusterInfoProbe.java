package io.emberwatch.collector.probe;

import io.emberwatch.collector.cluster.ClusterInfoReply;
import io.emberwatch.collector.cluster.NodesReply;
import io.emberwatch.collector.cluster.NodesView;
import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.schemas.ClusterInfo;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * CLUSTER INFO with every poll: it is counted, not computed, whatever the size of the cluster. When
 * it shows another epoch, another node or other slots, CLUSTER NODES is asked at once.
 */
final class ClusterInfoProbe implements Probe {

  private final ClusterNews news;

  ClusterInfoProbe(ClusterNews news) {
    this.news = news;
  }

  @Override
  public String name() {
    return "cluster_info";
  }

  @Override
  public Duration cadence() {
    return Duration.ZERO;
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return server.isCluster();
  }

  @Override
  public List<String> grants() {
    return List.of("+cluster|info");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return exchange
        .bytes(CommandType.CLUSTER, "INFO")
        .thenApply(outcome -> outcome.map(ClusterInfoReply::parse))
        .thenCompose(
            info ->
                nodes(exchange, info.answer())
                    .thenApply(nodes -> info.map(told -> poll -> add(told, nodes, poll))));
  }

  /** Empty when there is no news, or no answer. */
  private CompletableFuture<Optional<byte[]>> nodes(Exchange exchange, Optional<ClusterInfo> info) {
    return info.filter(news::in).isEmpty()
        ? CompletableFuture.completedFuture(Optional.empty())
        : exchange.bytes(CommandType.CLUSTER, "NODES").thenApply(ProbeOutcome::answer);
  }

  private void add(ClusterInfo info, Optional<byte[]> nodes, PollDraft poll) {
    news.saw(info);
    poll.sample().setClusterInfo(info);
    nodes
        .map(NodesReply::parse)
        .ifPresent(view -> ClusterParts.of(poll).setNodes(NodesView.of(view)));
  }
}
