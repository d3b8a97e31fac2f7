package io.emberwatch.collector.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class RetryDelayTest {

  private static final RetryDelay DELAY =
      new RetryDelay(Duration.ofMillis(500), Duration.ofSeconds(30));

  @Property(tries = 300)
  void doublesUpToTheCapWithinItsJitter(
      @ForAll @IntRange(min = 1, max = 1_000_000) int failures, @ForAll long seed) {
    double full = Math.min(30_000, 500 * Math.pow(2, Math.min(failures - 1, 30)));
    assertThat((double) DELAY.after(failures, new Random(seed)).toMillis())
        .isBetween(full / 2, full);
  }
}
