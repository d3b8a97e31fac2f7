package io.emberwatch.processor.signal;

import static io.emberwatch.processor.fixture.TestSample.poll;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import org.junit.jupiter.api.Test;

/** 15 s lie between two polls. */
class TrafficSignalsTest {

  @Test
  void opsRateIsCommandsOverTheInterval() {
    Signals signals =
        SignalRun.of(
            poll(0, s -> s.getStats().setTotalCommandsProcessed(10_000L)),
            poll(1, s -> s.getStats().setTotalCommandsProcessed(13_000L)));
    assertThat(signals.getOpsRate()).isEqualTo(200.0);
  }

  @Test
  void opsRateOfAnIdleServerIsZeroNotNull() {
    assertThat(SignalRun.of(poll(0), poll(1)).getOpsRate()).isZero();
  }

  @Test
  void hitRatioIsThatOfTheWindowNotOfTheLifetime() {
    // Lifetime: 900,050 of 1,000,200, 0.9. Window: 50 of 200.
    Signals signals =
        SignalRun.of(lookUps(poll(0), 900_000, 100_000), lookUps(poll(1), 900_050, 100_150));
    assertThat(signals.getHitRatio()).isEqualTo(0.25);
  }

  @Test
  void hitRatioIsNullBelowAHundredLookUps() {
    assertThat(SignalRun.of(lookUps(poll(0), 0, 0), lookUps(poll(1), 99, 0)).getHitRatio())
        .isNull();
    assertThat(SignalRun.of(lookUps(poll(0), 0, 0), lookUps(poll(1), 100, 0)).getHitRatio())
        .isEqualTo(1.0);
  }

  @Test
  void networkRatesAreBytesASecond() {
    Signals signals =
        SignalRun.of(
            poll(0),
            poll(
                1,
                s -> {
                  s.getStats().setTotalNetInputBytes(1_500_000L);
                  s.getStats().setTotalNetOutputBytes(4_500_000L);
                }));
    assertThat(signals.getNetInRate()).isEqualTo(100_000.0);
    assertThat(signals.getNetOutRate()).isEqualTo(300_000.0);
    assertThat(signals.getRttUsec()).isEqualTo(180);
  }

  @Test
  void unreportedCounterGivesNull() {
    InstanceSample second = poll(1, s -> s.getStats().setTotalCommandsProcessed(null));
    assertThat(SignalRun.of(poll(0), second).getOpsRate()).isNull();
  }

  private static InstanceSample lookUps(InstanceSample sample, long hits, long misses) {
    sample.getStats().setKeyspaceHits(hits);
    sample.getStats().setKeyspaceMisses(misses);
    return sample;
  }
}
