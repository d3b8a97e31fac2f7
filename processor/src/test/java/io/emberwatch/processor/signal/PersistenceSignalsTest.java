package io.emberwatch.processor.signal;

import static io.emberwatch.processor.fixture.TestSample.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emberwatch.schemas.ConfigFacts;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The server's clock says 10,000 s. */
class PersistenceSignalsTest {

  @Test
  void rdbAgeIsSinceTheLastSave() {
    Signals signals = SignalRun.of(saved(6_400L, 3_600L));
    assertThat(signals.getRdbAgeSeconds()).isCloseTo(3_600.0, within(1e-9));
    assertThat(signals.getSaveLongestIntervalSeconds()).isEqualTo(3_600);
  }

  @Test
  void rdbAgeIsNullWhenSavesAreOff() {
    assertThat(SignalRun.of(saved(6_400L, 0L)).getRdbAgeSeconds()).isNull();
  }

  @Test
  void rdbAgeStandsWhenTheConfigurationIsNotKnown() {
    assertThat(SignalRun.of(saved(6_400L, null)).getRdbAgeSeconds())
        .isCloseTo(3_600.0, within(1e-9));
  }

  @Test
  void rdbAgeIsNeverNegative() {
    assertThat(SignalRun.of(saved(10_060L, 60L)).getRdbAgeSeconds()).isZero();
  }

  @Test
  void rdbAgeIsNullWhereTheServerDoesNotSay() {
    assertThat(SignalRun.of(saved(null, 60L)).getRdbAgeSeconds()).isNull();
  }

  @Test
  void forkTimeIsPerGib() {
    InstanceSample sample = at(1, 10_000);
    sample.getStats().setLatestForkUsec(60_000L);
    sample.getMemory().setUsedMemory(3L << 30);
    Signals signals = SignalRun.of(sample);
    assertThat(signals.getForkUsec()).isEqualTo(60_000);
    assertThat(signals.getForkMsPerGb()).isCloseTo(20.0, within(1e-9));
  }

  @Test
  void zeroForkTimeMeansNoFork() {
    InstanceSample sample = at(1, 10_000);
    sample.getStats().setLatestForkUsec(0L);
    sample.getMemory().setUsedMemory(3L << 30);
    Signals signals = SignalRun.of(sample);
    assertThat(signals.getForkUsec()).isNull();
    assertThat(signals.getForkMsPerGb()).isNull();
  }

  @Test
  void statusesAreOkOrNot() {
    InstanceSample sample = at(1, 10_000);
    sample.getPersistence().setRdbLastBgsaveOk(true);
    sample.getPersistence().setAofEnabled(true);
    sample.getPersistence().setAofLastWriteOk(false);
    Signals signals = SignalRun.of(sample);
    assertThat(signals.getBgsaveOk()).isTrue();
    assertThat(signals.getAofEnabled()).isTrue();
    assertThat(signals.getAofWriteOk()).isFalse();
    assertThat(signals.getAofRewriteOk()).isNull();
  }

  private static InstanceSample saved(@Nullable Long lastSave, @Nullable Long longestInterval) {
    InstanceSample sample = at(1, 10_000);
    sample.getPersistence().setRdbLastSaveTime(lastSave);
    if (longestInterval != null) {
      ConfigFacts config = new ConfigFacts();
      config.setSaveLongestIntervalSeconds(longestInterval);
      sample.setConfig(config);
    }
    return sample;
  }
}
