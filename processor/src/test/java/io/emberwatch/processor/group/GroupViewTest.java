package io.emberwatch.processor.group;

import static io.emberwatch.processor.group.TestSignals.cutReplica;
import static io.emberwatch.processor.group.TestSignals.labelled;
import static io.emberwatch.processor.group.TestSignals.primary;
import static io.emberwatch.processor.group.TestSignals.refused;
import static io.emberwatch.processor.group.TestSignals.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.Signals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupViewTest {

  private static final GroupLimits LIMITS = GroupLimits.DEFAULT;
  private static final long HOUR = 3600;

  private GroupView view = GroupView.empty(TestSignals.FLEET, TestSignals.GROUP);

  @Test
  void loneServerIsAGroupWithOnePrimary() {
    feed(primary("a", 0, 0));

    assertThat(figures()).isEqualTo(new GroupFigures(1, 1, 1, 1, 0, null, null, true));
  }

  @Test
  void oldPrimaryDoesNotCountUntilItIsPolledAfterThePromotion() {
    feed(primary("a", 0, 1), replica("b", 5), primary("a", 15, 1), primary("b", 20, 0));
    assertThat(figures().reachablePrimaries()).isEqualTo(1);
    assertThat(figures().primaries()).isEqualTo(2);

    feed(replica("a", 30));
    assertThat(figures().reachablePrimaries()).isEqualTo(1);
    assertThat(figures().primaries()).isEqualTo(1);
  }

  @Test
  void secondPrimaryCountsOncePolledAfterThePromotion() {
    feed(primary("a", 0, 1), replica("b", 5), primary("b", 20, 0), primary("a", 30, 0));

    assertThat(figures().reachablePrimaries()).isEqualTo(2);
  }

  @Test
  void twoLoneServersUnderOneNameAreTwoPrimariesAfterTheirSecondPoll() {
    feed(primary("a", 0, 0), primary("b", 5, 0));
    assertThat(figures().reachablePrimaries()).isEqualTo(1);

    feed(primary("a", 15, 0));
    assertThat(figures().reachablePrimaries()).isEqualTo(2);
  }

  @Test
  void deadPrimaryLeavesAKnownGroupWithoutOne() {
    feed(primary("a", 0, 1), replica("b", 5), refused("a", 15));

    assertThat(figures().reachablePrimaries()).isZero();
    assertThat(figures().primaries()).isEqualTo(1);
    assertThat(figures().hasBeenComplete()).isTrue();
  }

  @Test
  void membersThatDoNotFitAreCountedAndThoseForgottenAreNot() {
    GroupLimits two = new GroupLimits(3, Duration.ofMinutes(5), Duration.ofHours(1), 2);
    GroupView full = view.after(primary("a", 0, 1), two).after(replica("b", 5), two);

    GroupView overfull = full.after(replica("c", 10), two);
    assertThat(overfull.members()).hasSize(2).doesNotContainKey(TestSignals.id("a"));
    assertThat(overfull.droppedSince(full, two)).isEqualTo(1);

    GroupView later =
        full.after(replica("c", 2 * HOUR), two).after(replica("d", 2 * HOUR + 1), two);
    assertThat(later.droppedSince(full, two)).isZero();
  }

  @Test
  void groupWhosePrimaryNeverAnsweredIsNotKnownToHaveOne() {
    feed(refused("a", 0), replica("b", 5));

    assertThat(figures().hasBeenComplete()).isFalse();
  }

  @Test
  void primarySilentForMoreThanThreeIntervalsDoesNotCount() {
    feed(primary("a", 0, 1), replica("b", 45));
    assertThat(figures().reachablePrimaries()).isEqualTo(1);

    feed(replica("b", 46));
    assertThat(figures().reachablePrimaries()).isZero();
    assertThat(figures().reachableMembers()).isEqualTo(1);
  }

  @Test
  void replicaThatIsNotWatchedIsKnownFromThePrimary() {
    feed(primary("a", 0, 2), replica("b", 5));

    assertThat(figures().onlineReplicas()).isEqualTo(2);
  }

  @Test
  void replicasThatAnswerCountWhileNoPrimaryDoes() {
    feed(primary("a", 0, 2), replica("b", 5), cutReplica("c", 6), refused("a", 15));

    assertThat(figures().onlineReplicas()).isEqualTo(1);
  }

  @Test
  void labelSaysHowManyReplicasThereShouldBe() {
    feed(labelled(primary("a", 0, 1), GroupView.EXPECTED_REPLICAS_LABEL, "2"));

    assertThat(figures().expectedReplicas()).isEqualTo(2);
    assertThat(figures().missingReplicas()).isEqualTo(1);
  }

  @Test
  void labelThatIsNoNumberIsIgnored() {
    feed(labelled(primary("a", 0, 1), GroupView.EXPECTED_REPLICAS_LABEL, "two"));

    assertThat(figures().expectedReplicas()).isNull();
  }

  @Test
  void replicaOnlineForFiveMinutesIsMissedAfterwards() {
    for (long second = 0; second <= 300; second += 15) {
      feed(primary("a", second, 1));
      assertThat(figures().expectedReplicas()).isEqualTo(second < 300 ? null : 1);
    }

    feed(primary("a", 315, 0));
    assertThat(figures().missingReplicas()).isEqualTo(1);
  }

  @Test
  void lowerLevelIsLearnedWhileTheHigherOneFlaps() {
    for (long second = 0; second <= HOUR; second += 15) {
      feed(primary("a", second, second % 60 == 0 ? 1 : 2));
    }

    assertThat(figures().expectedReplicas()).isEqualTo(1);
  }

  @Test
  void gapInTheSamplesTeachesNothing() {
    feed(primary("a", 0, 1), primary("a", HOUR, 1));

    assertThat(figures().expectedReplicas()).isNull();
  }

  @Test
  void replicaNotSeenForADayIsNoLongerExpected() {
    for (long second = 0; second <= 600; second += 15) {
      feed(primary("a", second, 1));
    }
    for (long second = 615; second <= 600 + 24 * HOUR; second += 15) {
      feed(primary("a", second, 0));
    }
    assertThat(figures().missingReplicas()).isEqualTo(1);

    feed(primary("a", 615 + 24 * HOUR, 0), primary("a", 630 + 24 * HOUR, 0));
    assertThat(figures().expectedReplicas()).isNull();
  }

  @Test
  void memberWithoutSamplesForADayIsForgotten() {
    feed(primary("a", 0, 1), replica("b", 0), primary("a", 24 * HOUR, 0));
    assertThat(view.members()).hasSize(2);

    feed(primary("a", 24 * HOUR + 15, 0));
    assertThat(view.members()).containsOnlyKeys(TestSignals.id("a"));
  }

  @Test
  void removedPrimaryIsNoLongerMissedAfterADay() {
    feed(primary("a", 0, 1), replica("b", 0), replica("b", 60));
    assertThat(figures().hasBeenComplete()).isTrue();

    feed(replica("b", 24 * HOUR + 1));
    assertThat(figures().hasBeenComplete()).isFalse();
  }

  @Test
  void membersAreBoundedAndThoseSilentTheLongestGo() {
    GroupLimits two = new GroupLimits(3, Duration.ofMinutes(5), Duration.ofHours(24), 2);
    List<Signals> samples =
        List.of(primary("a", 0, 1), replica("b", 1), replica("c", 2), primary("a", 3, 2));
    for (Signals signals : samples) {
      view = view.after(signals, two);
    }

    assertThat(view.members()).containsOnlyKeys(TestSignals.id("a"), TestSignals.id("c"));
  }

  @Test
  void oldAndRepeatedSamplesChangeNothing() {
    feed(primary("a", 15, 1));
    GroupView before = view;

    feed(primary("a", 15, 0), replica("a", 0));

    assertThat(view).isEqualTo(before);
  }

  @Test
  void sharedLabelsAreThoseEveryMemberCarries() {
    feed(labelled(primary("a", 0, 1), "zone", "1"), labelled(replica("b", 0), "zone", "2"));

    assertThat(view.sharedLabels()).isEqualTo(Map.of("owner", "team-a"));
  }

  private void feed(Signals... samples) {
    for (Signals signals : samples) {
      view = view.after(signals, LIMITS);
    }
  }

  private GroupFigures figures() {
    return view.figures(LIMITS);
  }
}
