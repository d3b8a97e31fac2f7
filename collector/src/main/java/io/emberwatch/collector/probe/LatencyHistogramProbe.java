package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.latency.CommandLatencies;
import io.emberwatch.schemas.LatencyHistograms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * LATENCY HISTOGRAM, since 7.0: how long each command took since the last look. The first look is
 * the base of the next. One per target.
 */
final class LatencyHistogramProbe implements Probe {

  private @Nullable Base base;

  private record Base(CommandLatencies counted, Instant at) {}

  @Override
  public String name() {
    return "latency_histogram";
  }

  @Override
  public Duration cadence() {
    return Duration.ofSeconds(30);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return !server.isSentinel() && server.speaksRedis(7, 0);
  }

  @Override
  public List<String> grants() {
    return List.of("+latency|histogram");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return exchange
        .list(LatencyCommand.LATENCY, "HISTOGRAM")
        .thenApply(outcome -> outcome.map(reply -> poll -> look(reply, poll)));
  }

  /** Another process counts from nothing. */
  @Override
  public void restarted() {
    if (base != null) {
      base = new Base(CommandLatencies.NONE, base.at());
    }
  }

  private void look(List<Object> reply, PollDraft poll) {
    CommandLatencies counted = CommandLatencies.read(reply);
    if (base != null) {
      LatencyCommand.view(poll.sample())
          .setHistograms(new LatencyHistograms(base.at(), counted.since(base.counted())));
    }
    base = new Base(counted, poll.sample().getSampledAt());
  }
}
