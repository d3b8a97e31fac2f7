package io.emberwatch.processor.topology;

import static io.emberwatch.processor.group.TestSignals.primary;
import static io.emberwatch.processor.group.TestSignals.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.emberwatch.schemas.Signals;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbsenceStageTest {

  private static final String RULE = "collector_stale";
  private static final long DAY = 86_400;

  @TempDir private Path state;
  private SignalsHarness harness;

  @BeforeEach
  void open() {
    harness = new SignalsHarness(Instant.EPOCH, state);
  }

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void silenceWarnsRightAfterThreeIntervalsAndIsCriticalAfterTen() {
    harness.pipe(primary("a", 0, 0));
    harness.until(45);
    assertThat(harness.transitions(RULE)).isEmpty();

    harness.until(46);
    assertThat(harness.transitions(RULE)).containsExactly("FIRING WARNING at 46");

    harness.until(151);
    assertThat(harness.transitions(RULE)).contains("ESCALATED CRITICAL at 151");
  }

  @Test
  void returningSampleResolvesAtOnce() {
    harness.pipe(primary("a", 0, 0));
    harness.until(60);
    harness.pipe(primary("a", 60, 0));

    assertThat(harness.transitions(RULE))
        .containsExactly("FIRING WARNING at 46", "RESOLVED WARNING at 60");
  }

  @Test
  void instancesAreWatchedEachForItself() {
    harness.pipe(primary("a", 0, 1));
    for (long second = 0; second <= 60; second += 15) {
      harness.until(second);
      harness.pipe(replica("b", second));
    }

    assertThat(harness.transitions(RULE)).containsExactly("FIRING WARNING at 46");
  }

  @Test
  void backlogAfterARestartIsNotSilence() {
    harness.jumpTo(3600);
    harness.pipe(primary("a", 0, 1));
    harness.until(3605);
    harness.pipe(replica("b", 10));
    harness.pipe(primary("a", 15, 1));
    harness.until(3620);

    assertThat(harness.transitions(RULE)).isEmpty();
  }

  @Test
  void silenceThatTheBacklogShowsIsReportedByEventTime() {
    harness.jumpTo(3600);
    harness.pipe(primary("a", 0, 1));
    for (long second = 0; second <= 60; second += 15) {
      harness.pipe(replica("b", second));
    }
    harness.until(3601);

    assertThat(harness.transitions(RULE)).containsExactly("FIRING WARNING at 3601");
  }

  @Test
  void stalledThreadDoesNotTakeItsOwnStallForSilence() {
    harness.pipe(primary("a", 0, 0));
    harness.until(10);
    harness.jumpTo(300);
    harness.pipe(primary("a", 295, 0));
    harness.until(310);

    assertThat(harness.transitions(RULE)).isEmpty();
  }

  @Test
  void instanceSilentForADayIsForgottenAndItsBreachEnds() {
    harness.pipe(primary("a", 0, 0));
    harness.until(160);
    assertThat(harness.transitions(RULE)).contains("ESCALATED CRITICAL at 151");
    harness.jumpTo(DAY - 60);
    harness.until(DAY);
    assertThat(harness.transitions(RULE)).noneMatch(text -> text.startsWith("RESOLVED"));
    harness.healths();

    harness.until(DAY + 10);

    assertThat(harness.transitions(RULE)).containsExactly("RESOLVED CRITICAL at 86401");
    assertThat(harness.healths())
        .extracting(health -> health.key, health -> health.value)
        .containsExactly(
            tuple("prod/cache-1/a:6379", null), tuple("prod/cache-1", null), tuple("prod", null));
  }

  @Test
  void whatElseFiresOnAnInstanceEndsWhenItIsForgotten() {
    for (long second = 0; second <= 300; second += 15) {
      harness.until(second);
      Signals full = primary("a", second, 0);
      full.setMemUtil(0.9);
      harness.pipe(full);
    }
    assertThat(harness.transitions("memory_high")).containsExactly("FIRING CRITICAL at 300");
    harness.jumpTo(DAY + 240);
    harness.until(DAY + 302);

    assertThat(harness.transitions("memory_high")).containsExactly("RESOLVED CRITICAL at 86701");
    assertThat(harness.ruleState("prod/cache-1/a:6379")).isNull();
  }
}
