package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.schemas.MemoryStats;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** MEMORY STATS: where memory goes, by database. Its cost grows with the databases. */
public final class MemoryStatsProbe implements Probe {

  @Override
  public String name() {
    return "memory_stats";
  }

  @Override
  public Duration cadence() {
    return Duration.ofMinutes(1);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return !server.isSentinel() && server.speaksRedis(4, 0);
  }

  @Override
  public List<String> grants() {
    return List.of("+memory|stats");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return exchange
        .list(CommandType.MEMORY, "STATS")
        .thenApply(outcome -> outcome.map(MemoryStatsProbe::finding));
  }

  private static Finding finding(List<Object> reply) {
    MemoryStats stats = MemoryStatsReading.read(reply);
    return poll -> poll.sample().setMemoryStats(stats);
  }
}
