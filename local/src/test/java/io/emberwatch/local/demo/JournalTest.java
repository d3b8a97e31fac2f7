package io.emberwatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JournalTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Journal<String> journal = new Journal<>(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void givesWhatHasArrivedAlready() throws Exception {
    journal.add("a");
    journal.add("b");

    assertThat(journal.await(NOW, "b"::equals, LONG)).contains(new Seen<>(NOW, "b"));
    assertThat(journal.all()).extracting(Seen::what).containsExactly("a", "b");
  }

  @Test
  void leavesOutWhatCameBefore() throws Exception {
    journal.add("a");

    assertThat(journal.await(NOW.plusMillis(1), "a"::equals, Duration.ZERO)).isEmpty();
  }

  @Test
  void givesUpWhenNothingFitsInTime() throws Exception {
    journal.add("a");

    assertThat(journal.await(NOW, "b"::equals, Duration.ofMillis(20))).isEmpty();
  }

  @Test
  void wakesAWaiterWhenTheExpectedArrives() throws Exception {
    CompletableFuture<Optional<Seen<String>>> waiter =
        CompletableFuture.supplyAsync(() -> await("b"));
    journal.add("a");
    journal.add("b");

    assertThat(waiter.get(30, TimeUnit.SECONDS)).contains(new Seen<>(NOW, "b"));
  }

  private Optional<Seen<String>> await(String expected) {
    try {
      return journal.await(NOW, expected::equals, LONG);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
