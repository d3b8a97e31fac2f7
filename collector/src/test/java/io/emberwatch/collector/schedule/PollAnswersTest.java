package io.emberwatch.collector.schedule;

import static io.emberwatch.collector.schedule.Answers.PRIMARY;
import static io.emberwatch.collector.schedule.Answers.done;
import static io.emberwatch.collector.schedule.Answers.info;
import static io.emberwatch.collector.schedule.Answers.pong;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.TimedOut;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PollAnswersTest {

  @Test
  void isDoneAsSoonAsEveryProbeIs() {
    CompletableFuture<PollAnswers> all =
        Answers.fast(pong(), info(PRIMARY)).within(Duration.ofHours(1));
    assertThat(all).isCompleted();
  }

  @Test
  void givesWhatThereIsAtTheDeadline() throws Exception {
    CompletableFuture<ProbeOutcome<byte[]>> hung = new CompletableFuture<>();
    PollAnswers answers =
        new PollAnswers(
                hung,
                done(info(PRIMARY)),
                Optional.empty(),
                Optional.of(new CompletableFuture<>()),
                Optional.empty())
            .within(Duration.ofMillis(20))
            .get(10, TimeUnit.SECONDS);
    assertThat(PollAnswers.outcome(answers.info()).answer()).isPresent();
    assertThat(PollAnswers.outcome(answers.ping())).isEqualTo(new TimedOut<>());
    assertThat(PollAnswers.outcome(answers.slowlog().orElseThrow())).isEqualTo(new TimedOut<>());
  }

  @Test
  void takesAProbeThatFailedForOneWithoutAnAnswer() {
    CompletableFuture<ProbeOutcome<byte[]>> failed =
        CompletableFuture.failedFuture(new IllegalStateException("a fault of ours"));
    CompletableFuture<PollAnswers> all =
        new PollAnswers(
                failed, done(info(PRIMARY)), Optional.empty(), Optional.empty(), Optional.empty())
            .within(Duration.ofHours(1));
    assertThat(all).isCompleted().isNotCompletedExceptionally();
    assertThat(PollAnswers.outcome(failed)).isEqualTo(new TimedOut<>());
  }
}
