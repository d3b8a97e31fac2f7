package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.latency.LatencyEvents;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** LATENCY LATEST: what held the server up; 1 us. Never RESET, which would take it from others. */
final class LatencyLatestProbe implements Probe {

  @Override
  public String name() {
    return "latency_latest";
  }

  @Override
  public Duration cadence() {
    return Duration.ofSeconds(15);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return !server.isSentinel();
  }

  @Override
  public List<String> grants() {
    return List.of("+latency|latest");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return exchange
        .list(LatencyCommand.LATENCY, "LATEST")
        .thenApply(outcome -> outcome.map(LatencyLatestProbe::finding));
  }

  private static Finding finding(List<Object> reply) {
    return poll -> LatencyCommand.view(poll.sample()).setEvents(LatencyEvents.read(reply));
  }
}
