package io.emberwatch.processor.signal;

import static io.emberwatch.processor.fixture.TestSample.poll;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.SlowlogSummary;
import org.junit.jupiter.api.Test;

/** 15 s lie between two polls. */
class SlowlogSignalsTest {

  @Test
  void slowRateIsTheGrowthOfTheNewestId() {
    Signals signals = SignalRun.of(slowlog(poll(0), 100, 0), slowlog(poll(1), 130, 30));
    assertThat(signals.getSlowRate()).isEqualTo(2.0);
    assertThat(signals.getSlowestCommandUsec()).isEqualTo(250_000);
  }

  @Test
  void emptyLogIsZeroNotNull() {
    Signals signals = SignalRun.of(slowlog(poll(0), -1, 0), slowlog(poll(1), -1, 0));
    assertThat(signals.getSlowRate()).isZero();
    assertThat(signals.getSlowestCommandUsec()).isNull();
  }

  @Test
  void firstEntriesEverAreCounted() {
    // Ids 0 to 14.
    Signals signals = SignalRun.of(slowlog(poll(0), -1, 0), slowlog(poll(1), 14, 15));
    assertThat(signals.getSlowRate()).isEqualTo(1.0);
  }

  @Test
  void lookThatWasSkippedIsSpannedByTheNext() {
    Signals signals = SignalRun.of(slowlog(poll(0), 0, 0), poll(1), slowlog(poll(2), 30, 30));
    assertThat(signals.getSlowRate()).isEqualTo(1.0);
  }

  @Test
  void fallenIdGivesNull() {
    assertThat(SignalRun.of(slowlog(poll(0), 50, 0), slowlog(poll(1), 3, 4)).getSlowRate())
        .isNull();
  }

  private static InstanceSample slowlog(InstanceSample sample, long lastId, long entriesNew) {
    SlowlogSummary summary = new SlowlogSummary();
    summary.setLastId(lastId);
    summary.setEntriesNew(entriesNew);
    summary.setEntriesLost(0L);
    summary.setSlowestUsec(entriesNew == 0 ? null : 250_000L);
    sample.setSlowlog(summary);
    return sample;
  }
}
