package io.emberwatch.collector.probe;

import io.emberwatch.collector.cluster.NodesReply;
import io.emberwatch.collector.cluster.NodesView;
import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * CLUSTER NODES each minute, beside what {@link ClusterInfoProbe} asks on news: every version has
 * it, and it alone tells flags, links and open slots.
 */
final class ClusterNodesProbe implements Probe {

  private final ClusterNews news;

  ClusterNodesProbe(ClusterNews news) {
    this.news = news;
  }

  @Override
  public String name() {
    return "cluster_nodes";
  }

  @Override
  public Duration cadence() {
    return Duration.ofMinutes(1);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return server.isCluster();
  }

  @Override
  public List<String> grants() {
    return List.of("+cluster|nodes");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return exchange
        .bytes(CommandType.CLUSTER, "NODES")
        .thenApply(outcome -> outcome.map(reply -> poll -> add(reply, poll)));
  }

  private void add(byte[] reply, PollDraft poll) {
    news.nodesAreTold();
    ClusterParts.of(poll).setNodes(NodesView.of(NodesReply.parse(reply)));
  }
}
