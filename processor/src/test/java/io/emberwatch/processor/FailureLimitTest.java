package io.emberwatch.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailureLimitTest {

  private final FailureLimit limit = new FailureLimit(2, Duration.ofMinutes(10));

  @Test
  void bearsTheLimitAndNotOneMore() {
    assertThat(limit.add(Instant.ofEpochSecond(0))).isFalse();
    assertThat(limit.add(Instant.ofEpochSecond(1))).isFalse();
    assertThat(limit.add(Instant.ofEpochSecond(2))).isTrue();
  }

  @Test
  void forgetsFailuresOlderThanTheWindow() {
    assertThat(limit.add(Instant.ofEpochSecond(0))).isFalse();
    assertThat(limit.add(Instant.ofEpochSecond(1))).isFalse();
    assertThat(limit.add(Instant.ofEpochSecond(601))).isFalse();
    assertThat(limit.add(Instant.ofEpochSecond(602))).isFalse();
    assertThat(limit.add(Instant.ofEpochSecond(603))).isTrue();
  }
}
