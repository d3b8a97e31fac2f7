package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.TimedOut;
import io.emberwatch.collector.probe.Finding;
import io.emberwatch.collector.probe.Probe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A probe under way. */
record Asked(Probe probe, CompletableFuture<ProbeOutcome<Finding>> answer) {

  /** What it gave so far. */
  Ended ended() {
    return new Ended(probe, outcome(answer));
  }

  /** What a question gave so far. */
  static <T> ProbeOutcome<T> outcome(CompletableFuture<ProbeOutcome<T>> answer) {
    return answer.isCompletedExceptionally() ? new TimedOut<>() : answer.getNow(new TimedOut<>());
  }

  /** Completes when all are answered, or at the deadline; never exceptionally. */
  static CompletableFuture<Void> settled(List<CompletableFuture<?>> answers, Duration deadline) {
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, Math.max(1, deadline.toMillis()), TimeUnit.MILLISECONDS)
        .handle((done, fault) -> null);
  }
}
