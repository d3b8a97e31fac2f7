package io.emberwatch.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SweepFailuresTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final SweepFailures failures = new SweepFailures(meters);

  @Test
  void oneThatFailsDoesNotHoldUpTheOthers() {
    assertThat(fail("a")).isNull();
    assertThat(failures.<String>guard("b", () -> "judged")).isEqualTo("judged");
  }

  @Test
  void sweepFailsOnceAndNamesWhoCouldNotBeJudged() {
    fail("a");
    fail("b");

    assertThatThrownBy(failures::report)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("2 instances cannot be judged, first [a, b]")
        .hasRootCauseMessage("broken a");
    assertThatCode(failures::report).doesNotThrowAnyException();
  }

  @Test
  void namesTenAtMost() {
    for (int i = 10; i < 40; i++) {
      fail("i" + i);
    }

    assertThatThrownBy(failures::report)
        .hasMessageStartingWith("30 instances")
        .hasMessageContaining("i19")
        .hasMessageNotContaining("i20");
  }

  @Test
  void failureThatLastsIsOneLetterAndCountsEachTime() {
    fail("a");
    assertThatThrownBy(failures::report).isInstanceOf(IllegalStateException.class);

    fail("a");
    assertThatCode(failures::report).doesNotThrowAnyException();
    assertThat(meters.counter("emberwatch.processor.absence.failures").count()).isEqualTo(2);
  }

  @Test
  void oneThatFailsAgainAfterASuccessIsReportedAgain() {
    fail("a");
    assertThatThrownBy(failures::report).isInstanceOf(IllegalStateException.class);
    failures.guard("a", () -> "judged");

    fail("a");

    assertThatThrownBy(failures::report).hasMessageContaining("[a]");
  }

  private @Nullable String fail(String instanceId) {
    return failures.guard(
        instanceId,
        () -> {
          throw new IllegalArgumentException("broken " + instanceId);
        });
  }
}
