package io.emberwatch.processor.signal;

import static io.emberwatch.processor.fixture.TestSample.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emberwatch.processor.fixture.TestSample;
import io.emberwatch.processor.state.ExpirySlice;
import io.emberwatch.processor.state.ExpiryTrend;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.TargetState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Polls of 15 s: four make the last minute. */
class ExpireBurstTest {

  @Test
  void steadyExpiryIsOneTimesItsBaseline() {
    ExpiryTrend trend = steady(null, 200, 30);
    assertThat(ExpireBurst.ratio(trend)).isCloseTo(1.0, within(1e-9));
  }

  @Test
  void burstIsManyTimesTheBaselineBeforeIt() {
    // Baseline 2/s; the last minute: 1,500 + 3 * 30 keys in 60 s = 26.5/s.
    ExpiryTrend trend = ExpireBurst.add(steady(null, 200, 30), 15, 1_500);
    assertThat(ExpireBurst.ratio(trend)).isCloseTo(13.25, within(1e-9));
  }

  @Test
  void needsTenMinutesOfBaseline() {
    // 4 slices are the last minute, the others the baseline: 40 * 15 s = 600 s.
    assertThat(ExpireBurst.ratio(steady(null, 43, 30))).isNull();
    assertThat(ExpireBurst.ratio(steady(null, 44, 30))).isNotNull();
  }

  @Test
  void needsAHundredKeysInTheMinute() {
    ExpiryTrend quiet = steady(null, 60, 0);
    assertThat(ExpireBurst.ratio(ExpireBurst.add(quiet, 15, 99))).isNull();
    assertThat(ExpireBurst.ratio(ExpireBurst.add(quiet, 15, 100))).isNotNull();
  }

  @Test
  void baselineOfNothingCountsAsOneKeyAMinute() {
    // 600 keys in 60 s = 10/s, over 1/60 per second.
    ExpiryTrend trend = ExpireBurst.add(steady(null, 60, 0), 15, 600);
    assertThat(ExpireBurst.ratio(trend)).isCloseTo(600.0, within(1e-6));
  }

  @Test
  void baselineForgetsWithATimeConstantOfAnHour() {
    // Long at 10/s, then an hour at 2/s: 2 + 8/e.
    ExpiryTrend trend = steady(steady(null, 10_000, 150), 240, 30);
    assertThat(trend.getWeightedRate() / trend.getWeight()).isCloseTo(2 + 8 / Math.E, within(0.1));
  }

  @Test
  void frequentPollsAreMergedAndNotLost() {
    ExpiryTrend trend = steady(null, 1);
    for (int i = 0; i < 500; i++) {
      trend = ExpireBurst.add(trend, 0.5, 1);
    }
    assertThat(trend.getRecent()).hasSizeLessThanOrEqualTo(61);
    double seconds = trend.getRecent().stream().mapToDouble(ExpirySlice::getSeconds).sum();
    assertThat(seconds).isBetween(60.0, 62.0);
  }

  @Test
  void gapForgetsTheLastMinuteAndKeepsTheBaseline() {
    SignalRun run = new SignalRun();
    for (int n = 0; n <= 60; n++) {
      long keys = 30L * n;
      run.feed(poll(n, s -> s.getStats().setExpiredKeys(keys)));
    }
    assertThat(run.latest().getExpireBurst()).isCloseTo(1.0, within(1e-9));
    run.feed(TestSample.failed(70, 1050, TargetState.TIMED_OUT));
    run.feed(poll(71, s -> s.getStats().setExpiredKeys(2_130L)));
    Signals afterGap = run.latest();
    assertThat(afterGap.getGap()).isTrue();
    assertThat(afterGap.getExpireBurst()).isNull();
    for (int n = 72; n <= 75; n++) {
      long keys = 30L * n;
      run.feed(poll(n, s -> s.getStats().setExpiredKeys(keys)));
    }
    assertThat(run.latest().getExpireBurst()).isCloseTo(1.0, within(1e-9));
  }

  private static ExpiryTrend steady(@Nullable ExpiryTrend from, int slices, long keys) {
    ExpiryTrend trend = ExpireBurst.add(from, 15, keys);
    for (int i = 1; i < slices; i++) {
      trend = ExpireBurst.add(trend, 15, keys);
    }
    return trend;
  }

  private static ExpiryTrend steady(@Nullable ExpiryTrend from, int slices) {
    return steady(from, slices, 0);
  }
}
