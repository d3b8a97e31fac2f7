package io.emberwatch.collector.probe;

import io.emberwatch.collector.cluster.SlotStatsReply;
import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.SlotStats;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * CLUSTER SLOT-STATS of a primary: the slots with most keys and, where the server counts them, with
 * most CPU and memory. A server that does not count refuses to sort by it, so it is asked only for
 * what the first answer shows.
 */
final class SlotStatsProbe implements Probe {

  private static final String TOP = "100";

  @Override
  public String name() {
    return "slot_stats";
  }

  @Override
  public Duration cadence() {
    return Duration.ofMinutes(1);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return server.isCluster()
        && server.role() == Role.PRIMARY
        && (server.isRedis(8, 2) || server.isValkey(8, 0));
  }

  @Override
  public List<String> grants() {
    return List.of("+cluster|slot-stats");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return top(exchange, "KEY-COUNT")
        .thenCompose(
            keys ->
                keys instanceof Answered<List<SlotStats>> answered
                    ? more(exchange, answered)
                    : CompletableFuture.completedFuture(keys))
        .thenApply(
            outcome -> outcome.map(slots -> poll -> ClusterParts.of(poll).setSlotStats(slots)));
  }

  /** What cannot be had beside the first answer is left out. */
  private static CompletableFuture<ProbeOutcome<List<SlotStats>>> more(
      Exchange exchange, Answered<List<SlotStats>> keys) {
    List<CompletableFuture<ProbeOutcome<List<SlotStats>>>> asked = new ArrayList<>();
    if (keys.value().stream().anyMatch(slot -> slot.getCpuUsec() != null)) {
      asked.add(top(exchange, "CPU-USEC"));
    }
    if (keys.value().stream().anyMatch(slot -> slot.getMemoryBytes() != null)) {
      asked.add(top(exchange, "MEMORY-BYTES"));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              List<List<SlotStats>> replies = new ArrayList<>(List.of(keys.value()));
              asked.stream()
                  .map(CompletableFuture::join)
                  .map(ProbeOutcome::answer)
                  .flatMap(Optional::stream)
                  .forEach(replies::add);
              return keys.map(first -> SlotStatsReply.merged(replies));
            });
  }

  private static CompletableFuture<ProbeOutcome<List<SlotStats>>> top(
      Exchange exchange, String order) {
    return exchange
        .list(CommandType.CLUSTER, "SLOT-STATS", "ORDERBY", order, "LIMIT", TOP, "DESC")
        .thenApply(outcome -> outcome.map(SlotStatsReply::parse));
  }
}
