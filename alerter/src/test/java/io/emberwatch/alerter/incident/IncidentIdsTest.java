package io.emberwatch.alerter.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IncidentIdsTest {

  @Test
  void makesVersionSevenIdsThatSortByTime() {
    String early = id(Instant.parse("2026-01-05T10:00:00Z"));
    String late = id(Instant.parse("2026-01-05T10:00:00.001Z"));

    assertThat(UUID.fromString(early).version()).isEqualTo(7);
    assertThat(UUID.fromString(early).variant()).isEqualTo(2);
    assertThat(early).isLessThan(late);
  }

  private static String id(Instant now) {
    return new IncidentIds(Clock.fixed(now, ZoneOffset.UTC), new Random(7)).get();
  }
}
