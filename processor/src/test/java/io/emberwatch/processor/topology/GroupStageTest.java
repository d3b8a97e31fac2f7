package io.emberwatch.processor.topology;

import static io.emberwatch.processor.group.TestSignals.labelled;
import static io.emberwatch.processor.group.TestSignals.primary;
import static io.emberwatch.processor.group.TestSignals.refused;
import static io.emberwatch.processor.group.TestSignals.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.processor.group.GroupView;
import io.emberwatch.schemas.Signals;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupStageTest {

  private static final long DAY = 86_400;
  private static final String GROUP = "prod/cache-1";

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
  void lostReplicaIsMissedAfterAMinuteAndResolvedWhenItReturns() {
    poll(0, 0, second -> expectingOne(primary("a", second, 1)), second -> replica("b", second));
    poll(15, 90, second -> expectingOne(primary("a", second, 0)), second -> refused("b", second));
    poll(105, 120, second -> expectingOne(primary("a", second, 1)), second -> replica("b", second));

    assertThat(harness.transitions("replica_missing"))
        .containsExactly("FIRING CRITICAL at 75", "RESOLVED CRITICAL at 105");
  }

  @Test
  void failoverIsNeitherASplitBrainNorALostPrimary() {
    poll(0, 30, second -> primary("a", second, 1), second -> replica("b", second + 5));
    poll(45, 45, second -> refused("a", second), second -> primary("b", second + 5, 0));
    poll(60, 300, second -> replica("a", second), second -> primary("b", second + 5, 1));

    assertThat(harness.transitions("multi_primary")).isEmpty();
  }

  @Test
  void failoverDoesNotLookLikeALostPrimary() {
    poll(0, 30, second -> primary("a", second, 1), second -> replica("b", second + 5));
    poll(45, 300, second -> refused("a", second), second -> primary("b", second + 5, 0));

    assertThat(harness.transitions("no_primary")).isEmpty();
  }

  @Test
  void splitBrainIsCriticalAMinuteAfterBothWereSeen() {
    poll(0, 30, second -> primary("a", second, 1), second -> replica("b", second + 5));
    poll(45, 120, second -> primary("a", second, 0), second -> primary("b", second + 5, 0));

    assertThat(harness.transitions("multi_primary")).containsExactly("FIRING CRITICAL at 120");
  }

  @Test
  void groupWithoutAPrimaryIsCriticalAfterAMinute() {
    poll(0, 30, second -> primary("a", second, 1), second -> replica("b", second));
    poll(45, 120, second -> refused("a", second), second -> replica("b", second));
    poll(135, 135, second -> refused("a", second), second -> primary("b", second, 0));

    assertThat(harness.transitions("no_primary"))
        .containsExactly("FIRING CRITICAL at 105", "RESOLVED CRITICAL at 135");
  }

  @Test
  void replicasWatchedWithoutTheirPrimaryStayQuiet() {
    poll(0, 300, second -> replica("a", second), second -> replica("b", second));

    assertThat(harness.transitions("no_primary")).isEmpty();
  }

  @Test
  void groupSilentForADayOfItsStreamIsForgottenAndItsBreachEnds() {
    losePrimary();
    harness.until(3600);
    for (long second = 3600; second <= DAY + 3600; second += 3600) {
      harness.jumpTo(second);
      harness.pipe(ofOtherGroup(primary("c", second, 0)));
    }
    assertThat(harness.transitions("no_primary")).isEmpty();
    assertThat(harness.groupState(GROUP)).isNotNull();

    harness.jumpTo(DAY + 7200);

    assertThat(harness.transitions("no_primary")).containsExactly("RESOLVED CRITICAL at 90000");
    assertThat(harness.groupState(GROUP)).isNull();
    assertThat(harness.groupState("prod/cache-2")).isNotNull();
  }

  @Test
  void groupIsForgottenWhereNothingArrivesAtAllAnyMore() {
    losePrimary();
    harness.jumpTo(3600);
    harness.jumpTo(DAY);
    assertThat(harness.groupState(GROUP)).isNotNull();

    harness.jumpTo(DAY + 3600);

    assertThat(harness.transitions("no_primary")).containsExactly("RESOLVED CRITICAL at 90000");
    assertThat(harness.groupState(GROUP)).isNull();
  }

  @Test
  void backlogOfMoreThanADayIsNotSilence() {
    losePrimary();
    harness.jumpTo(2 * DAY);
    harness.pipe(replica("b", 135));
    harness.jumpTo(2 * DAY + 3600);

    assertThat(harness.groupState(GROUP)).isNotNull();
  }

  private void losePrimary() {
    poll(0, 30, second -> primary("a", second, 1), second -> replica("b", second));
    poll(45, 120, second -> refused("a", second), second -> replica("b", second));
    assertThat(harness.transitions("no_primary")).containsExactly("FIRING CRITICAL at 105");
  }

  private static Signals ofOtherGroup(Signals signals) {
    signals.setGroup("cache-2");
    signals.setInstanceId("prod/cache-2/c:6379");
    return signals;
  }

  private void poll(long from, long to, LongFunction<Signals> a, LongFunction<Signals> b) {
    for (long second = from; second <= to; second += 15) {
      harness.until(second);
      harness.pipe(a.apply(second));
      harness.pipe(b.apply(second));
    }
  }

  private static Signals expectingOne(Signals signals) {
    return labelled(signals, GroupView.EXPECTED_REPLICAS_LABEL, "1");
  }
}
