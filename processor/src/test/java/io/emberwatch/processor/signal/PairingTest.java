package io.emberwatch.processor.signal;

import static io.emberwatch.processor.fixture.TestSample.at;
import static io.emberwatch.processor.fixture.TestSample.failed;
import static io.emberwatch.processor.fixture.TestSample.id;
import static io.emberwatch.processor.fixture.TestSample.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.TargetState;
import org.junit.jupiter.api.Test;

class PairingTest {

  @Test
  void firstSampleHasFactsButNoRates() {
    Signals first = SignalRun.of(commands(poll(0), 1000));
    assertThat(first.getOpsRate()).isNull();
    assertThat(first.getIntervalSeconds()).isNull();
    assertThat(first.getRestarted()).isFalse();
    assertThat(first.getReachable()).isTrue();
    assertThat(first.getUptimeSeconds()).isEqualTo(3600);
  }

  @Test
  void takesTheIntervalFromTheServersClock() {
    InstanceSample second = commands(poll(1), 3200);
    second.getServer().setServerTimeUsec(16_000_000L);
    Signals signals = SignalRun.of(commands(poll(0), 0), second);
    assertThat(signals.getIntervalSeconds()).isEqualTo(16.0);
    assertThat(signals.getOpsRate()).isEqualTo(200.0);
  }

  @Test
  void takesTheCollectorsClockWhereTheServerHasNone() {
    InstanceSample first = commands(poll(0), 0);
    InstanceSample second = commands(poll(1), 3000);
    first.getServer().setServerTimeUsec(null);
    second.getServer().setServerTimeUsec(null);
    assertThat(SignalRun.of(first, second).getOpsRate()).isEqualTo(200.0);
  }

  @Test
  void takesTheCollectorsClockWhenTheServersWentBack() {
    InstanceSample second = commands(poll(1), 3000);
    second.getServer().setServerTimeUsec(-3_600_000_000L);
    Signals signals = SignalRun.of(commands(poll(0), 0), second);
    assertThat(signals.getIntervalSeconds()).isEqualTo(15.0);
  }

  @Test
  void changedRunIdIsARestartAndDropsTheDelta() {
    InstanceSample second = commands(poll(1), 900_000);
    second.getServer().setRunId(id("b".repeat(40)));
    Signals signals = SignalRun.of(commands(poll(0), 0), second);
    assertThat(signals.getRestarted()).isTrue();
    assertThat(signals.getStatsReset()).isFalse();
    assertThat(signals.getOpsRate()).isNull();
    assertThat(signals.getIntervalSeconds()).isNull();
  }

  @Test
  void fallenUptimeIsARestartWhereNoRunIdSaysSo() {
    InstanceSample first = commands(poll(0), 0);
    InstanceSample second = commands(poll(1), 50);
    first.getServer().setRunId(null);
    second.getServer().setRunId(null);
    second.getServer().setUptimeInSeconds(4L);
    assertThat(SignalRun.of(first, second).getRestarted()).isTrue();
  }

  @Test
  void pairsAgainAfterARestart() {
    InstanceSample second = commands(poll(1), 10);
    second.getServer().setRunId(id("b".repeat(40)));
    InstanceSample third = commands(poll(2), 1510);
    third.getServer().setRunId(id("b".repeat(40)));
    Signals signals = SignalRun.of(commands(poll(0), 99_999), second, third);
    assertThat(signals.getRestarted()).isFalse();
    assertThat(signals.getOpsRate()).isEqualTo(100.0);
  }

  @Test
  void fallenCounterInOneRunIsAResetAndSkipsTheWindow() {
    InstanceSample second = commands(poll(1), 10);
    second.getStats().setExpiredKeys(500L);
    Signals signals = SignalRun.of(commands(poll(0), 99_999), second);
    assertThat(signals.getStatsReset()).isTrue();
    assertThat(signals.getRestarted()).isFalse();
    assertThat(signals.getOpsRate()).isNull();
    assertThat(signals.getExpireRate()).isNull();
  }

  @Test
  void moreThanThreeIntervalsAreAGap() {
    Signals three = SignalRun.of(commands(at(1, 0), 0), commands(at(2, 45), 450));
    Signals more = SignalRun.of(commands(at(1, 0), 0), commands(at(2, 45.1), 450));
    assertThat(three.getGap()).isFalse();
    assertThat(three.getOpsRate()).isEqualTo(10.0);
    assertThat(more.getGap()).isTrue();
    assertThat(more.getOpsRate()).isNull();
  }

  @Test
  void lessThanHalfAnIntervalKeepsTheOlderBase() {
    SignalRun run = new SignalRun().feed(commands(at(1, 0), 0)).feed(commands(at(2, 7), 70));
    assertThat(run.latest().getOpsRate()).isNull();
    assertThat(run.latest().getGap()).isFalse();
    run.feed(commands(at(3, 15), 300));
    assertThat(run.latest().getIntervalSeconds()).isEqualTo(15.0);
    assertThat(run.latest().getOpsRate()).isEqualTo(20.0);
  }

  @Test
  void failedPollHasStateAndNoFiguresAndDoesNotBreakThePair() {
    SignalRun run =
        new SignalRun().feed(commands(poll(0), 0)).feed(failed(1, 15, TargetState.TIMED_OUT));
    Signals failure = run.latest();
    assertThat(failure.getState()).isEqualTo(TargetState.TIMED_OUT);
    assertThat(failure.getReachable()).isFalse();
    assertThat(failure.getError()).isEqualTo("TIMED_OUT on connect");
    assertThat(failure.getOpsRate()).isNull();
    assertThat(failure.getUsedMemoryBytes()).isNull();
    run.feed(commands(poll(2), 600));
    assertThat(run.latest().getIntervalSeconds()).isEqualTo(30.0);
    assertThat(run.latest().getOpsRate()).isEqualTo(20.0);
  }

  @Test
  void tooManyFailedPollsAreAGap() {
    SignalRun run = new SignalRun().feed(commands(poll(0), 0));
    for (int n = 1; n <= 3; n++) {
      run.feed(failed(n, 15.0 * n, TargetState.UNREACHABLE));
    }
    run.feed(commands(poll(4), 600));
    assertThat(run.latest().getGap()).isTrue();
    assertThat(run.latest().getOpsRate()).isNull();
  }

  @Test
  void restartDuringFailedPollsIsSeen() {
    InstanceSample back = poll(3);
    back.getServer().setRunId(id("b".repeat(40)));
    Signals signals = SignalRun.of(poll(0), failed(1, 15, TargetState.UNREACHABLE), back);
    assertThat(signals.getRestarted()).isTrue();
  }

  @Test
  void repeatedAndLateSamplesAreStale() {
    SignalRun run = new SignalRun().feed(poll(1)).feed(poll(2)).feed(poll(2)).feed(poll(1));
    assertThat(run.stale()).isEqualTo(2);
    assertThat(run.all()).hasSize(2);
  }

  @Test
  void restartedCollectorCountsFromOneAgain() {
    SignalRun run = new SignalRun().feed(commands(at(900, 0), 0)).feed(commands(at(1, 15), 150));
    assertThat(run.stale()).isZero();
    assertThat(run.latest().getOpsRate()).isEqualTo(10.0);
  }

  @Test
  void secondCollectorTakesOver() {
    InstanceSample other = commands(at(7, 15), 150);
    other.setCollectorId("c2");
    SignalRun run = new SignalRun().feed(commands(at(900, 0), 0)).feed(other);
    assertThat(run.latest().getOpsRate()).isEqualTo(10.0);
    assertThat(run.latest().getTraceId()).isEqualTo("c2/7");
    run.feed(failedBy("c1", 901, 12));
    assertThat(run.stale()).isEqualTo(1);
  }

  @Test
  void roleChangeIsSeenAcrossFailedPolls() {
    InstanceSample replica = poll(2);
    replica.setRole(Role.REPLICA);
    SignalRun run =
        new SignalRun().feed(poll(0)).feed(failed(1, 15, TargetState.UNREACHABLE)).feed(replica);
    assertThat(run.all()).extracting(Signals::getRoleChanged).containsExactly(false, false, true);
  }

  @Test
  void freshnessIsTheAgeOnArrivalAndNeverNegative() {
    assertThat(SignalRun.of(poll(1)).getFreshnessSeconds()).isCloseTo(2.0, within(1e-9));
    assertThat(IdentitySignals.freshness(poll(2).getSampledAt(), poll(1).getSampledAt())).isZero();
  }

  private static InstanceSample failedBy(String collector, long sequence, double seconds) {
    InstanceSample sample = failed(sequence, seconds, TargetState.TIMED_OUT);
    sample.setCollectorId(collector);
    return sample;
  }

  private static InstanceSample commands(InstanceSample sample, long processed) {
    sample.getStats().setTotalCommandsProcessed(processed);
    return sample;
  }
}
