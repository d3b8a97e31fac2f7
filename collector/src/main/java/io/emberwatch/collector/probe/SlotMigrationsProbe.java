package io.emberwatch.collector.probe;

import io.emberwatch.collector.cluster.SlotMigrationsReply;
import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** CLUSTER GETSLOTMIGRATIONS: atomic slot migrations of Valkey 9.0, under way and ended lately. */
final class SlotMigrationsProbe implements Probe {

  @Override
  public String name() {
    return "slot_migrations";
  }

  @Override
  public Duration cadence() {
    return Duration.ofSeconds(15);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return server.isCluster() && server.isValkey(9, 0);
  }

  @Override
  public List<String> grants() {
    return List.of("+cluster|getslotmigrations");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return exchange
        .list(CommandType.CLUSTER, "GETSLOTMIGRATIONS")
        .thenApply(
            outcome ->
                outcome.map(
                    reply ->
                        poll ->
                            ClusterParts.of(poll)
                                .setSlotMigrations(SlotMigrationsReply.parse(reply))));
  }
}
