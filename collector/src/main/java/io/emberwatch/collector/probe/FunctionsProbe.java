package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.schemas.FunctionsInfo;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** FUNCTION STATS and FUNCTION LIST without code: engines, libraries, and what runs just now. */
public final class FunctionsProbe implements Probe {

  @Override
  public String name() {
    return "functions";
  }

  @Override
  public Duration cadence() {
    return Duration.ofMinutes(1);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return !server.isSentinel() && server.speaksRedis(7, 0);
  }

  @Override
  public List<String> grants() {
    return List.of("+function|stats", "+function|list");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return exchange
        .list(CommandType.FUNCTION, "STATS")
        .thenCombine(exchange.list(CommandType.FUNCTION, "LIST"), FunctionsProbe::read);
  }

  /** An answer needs both; else it is what the one without says. */
  private static ProbeOutcome<Finding> read(
      ProbeOutcome<List<Object>> stats, ProbeOutcome<List<Object>> libraries) {
    if (!(stats instanceof Answered<List<Object>> first)) {
      return stats.map(none -> poll -> {});
    }
    return libraries.map(
        list -> {
          FunctionsInfo functions = FunctionsReading.read(first.value(), list);
          return poll -> poll.sample().setFunctions(functions);
        });
  }
}
