package io.emberwatch.processor.absence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final AbsenceLimits LIMITS = AbsenceLimits.DEFAULT;
  private static final Instant START = Instant.ofEpochSecond(100_000);

  @Test
  void nothingIsJudgedRightAfterTheStart() {
    Progress progress = Progress.starting(START);

    assertThat(progress.reference(START)).isNull();
    assertThat(progress.age(Instant.EPOCH, START)).isZero();
  }

  @Test
  void youngSampleShowsThatThePartitionIsCaughtUp() {
    Progress progress = Progress.starting(START).arrived(at(0), at(1), LIMITS);

    assertThat(progress.reference(at(20))).isEqualTo(at(20));
  }

  @Test
  void backlogIsJudgedByItsOwnTime() {
    Progress progress = Progress.starting(START).arrived(at(-600), at(1), LIMITS);
    assertThat(progress.reference(at(2))).isEqualTo(at(-600));

    progress = progress.arrived(at(-300), at(2), LIMITS);
    assertThat(progress.age(at(-400), at(3))).isEqualTo(Duration.ofSeconds(100));
  }

  @Test
  void silenceOfAllCountsAfterTheGrace() {
    Progress progress = sweep(Progress.starting(START), 0, 29);
    assertThat(progress.reference(at(29))).isNull();

    assertThat(progress.swept(at(30), LIMITS).reference(at(30))).isEqualTo(at(30));
  }

  @Test
  void livePartitionStaysLiveWhileNothingArrives() {
    Progress progress = Progress.starting(START).arrived(at(0), at(0), LIMITS);

    assertThat(sweep(progress, 0, 3600).reference(at(3600))).isEqualTo(at(3600));
  }

  @Test
  void missedSweepsMeanThatSamplesMayWait() {
    Progress live = sweep(Progress.starting(START).arrived(at(0), at(0), LIMITS), 0, 5);
    Progress stalled = live.swept(at(60), LIMITS);

    assertThat(stalled.reference(at(60))).isEqualTo(at(0));
    assertThat(sweep(stalled, 60, 89).reference(at(89))).isEqualTo(at(0));
    assertThat(sweep(stalled, 60, 90).reference(at(90))).isEqualTo(at(90));
  }

  @Test
  void samplesThatAreAlwaysOldAreJudgedByTheirOwnTimeUntilTheyStop() {
    Progress progress = Progress.starting(START);
    for (int second = 0; second < 120; second += 15) {
      progress = progress.arrived(at(second - 60), at(second), LIMITS);
      progress = sweep(progress, second, second + 14);
      assertThat(progress.age(at(second - 60), at(second + 14))).isZero();
    }

    assertThat(sweep(progress, 119, 135).reference(at(135))).isEqualTo(at(135));
  }

  @Test
  void sampleAheadOfTheClockHasNoAge() {
    Progress progress = Progress.starting(START).arrived(at(5), at(0), LIMITS);

    assertThat(progress.age(at(5), at(0))).isZero();
  }

  private static Progress sweep(Progress from, int second, int until) {
    Progress progress = from;
    for (int next = second + 1; next <= until; next++) {
      progress = progress.swept(at(next), LIMITS);
    }
    return progress;
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
