package io.emberwatch.collector.probe;

import io.emberwatch.collector.cluster.LinksReply;
import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** CLUSTER LINKS: what waits to be sent on the cluster bus. Since 7.0. */
final class ClusterLinksProbe implements Probe {

  @Override
  public String name() {
    return "cluster_links";
  }

  @Override
  public Duration cadence() {
    return Duration.ofMinutes(1);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return server.isCluster() && server.speaksRedis(7, 0);
  }

  @Override
  public List<String> grants() {
    return List.of("+cluster|links");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return exchange
        .list(CommandType.CLUSTER, "LINKS")
        .thenApply(
            outcome ->
                outcome.map(
                    reply -> poll -> ClusterParts.of(poll).setLinks(LinksReply.parse(reply))));
  }
}
