package io.emberwatch.collector.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.TimedOut;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class AskedTest {

  private static final ProbeOutcome<String> ANSWER = new Answered<>("yes", 1);

  @Test
  void isSettledAsSoonAsEverythingIsAnswered() {
    assertThat(Asked.settled(List.of(answered(), answered()), Duration.ofHours(1))).isCompleted();
  }

  @Test
  void givesWhatThereIsAtTheDeadline() throws Exception {
    CompletableFuture<ProbeOutcome<String>> hung = new CompletableFuture<>();
    CompletableFuture<ProbeOutcome<String>> answered = answered();
    Asked.settled(List.of(hung, answered), Duration.ofMillis(20)).get(10, TimeUnit.SECONDS);
    assertThat(Asked.outcome(hung)).isEqualTo(new TimedOut<>());
    assertThat(Asked.outcome(answered)).isEqualTo(ANSWER);
  }

  @Test
  void takesAProbeThatFailedForOneWithoutAnAnswer() {
    CompletableFuture<ProbeOutcome<String>> failed =
        CompletableFuture.failedFuture(new IllegalStateException("a fault of ours"));
    assertThat(Asked.settled(List.of(failed, answered()), Duration.ofHours(1)))
        .isCompleted()
        .isNotCompletedExceptionally();
    assertThat(Asked.outcome(failed)).isEqualTo(new TimedOut<>());
  }

  private static CompletableFuture<ProbeOutcome<String>> answered() {
    return CompletableFuture.completedFuture(ANSWER);
  }
}
