package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.TimedOut;
import io.emberwatch.collector.info.InfoReply;
import io.emberwatch.collector.probe.ConfigProbe;
import io.emberwatch.collector.probe.InfoProbe;
import io.emberwatch.collector.probe.PingProbe;
import io.emberwatch.collector.probe.SlowlogProbe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The probes of one poll under way, pipelined on one connection. */
record PollAnswers(
    CompletableFuture<ProbeOutcome<byte[]>> ping,
    CompletableFuture<ProbeOutcome<InfoReply>> info,
    Optional<CompletableFuture<ProbeOutcome<InfoReply>>> commands,
    Optional<CompletableFuture<ProbeOutcome<List<Object>>>> slowlog,
    Optional<CompletableFuture<ProbeOutcome<ConfigProbe.Reading>>> config) {

  /**
   * Sends the probes.
   *
   * @param severalSections whether the server is known to take several sections in one INFO
   * @param slow whether the slow cadence is due
   * @param slowlog asked, unless it was refused and the slow cadence is not due
   */
  static PollAnswers ask(
      Exchange exchange, boolean severalSections, boolean slow, Optional<SlowlogProbe> slowlog) {
    return new PollAnswers(
        PingProbe.run(exchange),
        InfoProbe.run(exchange, severalSections, slow),
        slow && !severalSections ? Optional.of(InfoProbe.runCommands(exchange)) : Optional.empty(),
        slowlog.map(probe -> probe.run(exchange)),
        slow ? Optional.of(ConfigProbe.run(exchange)) : Optional.empty());
  }

  /** Completes when all probes did, or at the deadline; never exceptionally. */
  CompletableFuture<PollAnswers> within(Duration deadline) {
    CompletableFuture<?>[] all = {
      ping,
      info,
      commands.orElseGet(PollAnswers::nothing),
      slowlog.orElseGet(PollAnswers::nothing),
      config.orElseGet(PollAnswers::nothing)
    };
    return CompletableFuture.allOf(all)
        .completeOnTimeout(null, Math.max(1, deadline.toMillis()), TimeUnit.MILLISECONDS)
        .handle((done, fault) -> this);
  }

  /** What a probe gave so far. */
  static <T> ProbeOutcome<T> outcome(CompletableFuture<ProbeOutcome<T>> probe) {
    return probe.isCompletedExceptionally() ? new TimedOut<>() : probe.getNow(new TimedOut<>());
  }

  private static <T> CompletableFuture<ProbeOutcome<T>> nothing() {
    return CompletableFuture.completedFuture(new TimedOut<>());
  }
}
