package io.emberwatch.collector.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class BackoffTest {

  private static List<Long> waitsMillis(int failures, Duration cap) {
    return Stream.iterate(
            Backoff.NONE.failed(Instant.EPOCH, cap), b -> b.failed(Instant.EPOCH, cap))
        .limit(failures)
        .map(backoff -> backoff.notBefore().toEpochMilli())
        .toList();
  }

  @Test
  void doublesFromHalfASecondToTheCap() {
    assertThat(waitsMillis(8, Duration.ofSeconds(30)))
        .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L);
  }

  @Property(tries = 100)
  void neverShrinksNorPassesTheCap(
      @ForAll @IntRange(min = 1, max = 600_000) int capMillis,
      @ForAll @IntRange(min = 2, max = 200) int failures) {
    List<Long> waits = waitsMillis(failures, Duration.ofMillis(capMillis));
    assertThat(waits).isSorted().allMatch(wait -> wait > 0 && wait <= capMillis);
  }

  @Test
  void allowsTheFirstTryAndThoseAfterTheWait() {
    Backoff failed = Backoff.NONE.failed(Instant.EPOCH, Duration.ofSeconds(30));
    assertThat(Backoff.NONE.mayTry(Instant.MIN)).isTrue();
    assertThat(failed.mayTry(Instant.ofEpochMilli(499))).isFalse();
    assertThat(failed.mayTry(Instant.ofEpochMilli(500))).isTrue();
  }
}
