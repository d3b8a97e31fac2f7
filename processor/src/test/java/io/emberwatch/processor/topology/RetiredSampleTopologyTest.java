package io.emberwatch.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.processor.fixture.TestSample;
import io.emberwatch.processor.fixture.TopologyHarness;
import io.emberwatch.processor.state.LastSample;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.topic.Topics;
import java.time.Duration;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the sample that retires a target, through the whole topology. */
class RetiredSampleTopologyTest {

  private static final int INTERVALS_OF_SILENCE = 12;

  private final TopologyHarness harness = new TopologyHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void dropsWhatIsRememberedAndIsNeverSilent() {
    harness.pipe(TestSample.poll(1));
    harness.pipe(retired(20));

    assertThat(harness.read(Topics.SIGNALS))
        .extracting(signals -> signals.getState())
        .containsExactly(TargetState.UP, TargetState.RETIRED);
    assertThat(remembered()).isNull();
    stayQuiet();
    assertThat(harness.read(Topics.BREACHES)).isEmpty();
  }

  /** A collector that takes over reads old removals too; the instance may be polled again since. */
  @Test
  void isIgnoredWhenItIsOlderThanTheLastPoll() {
    harness.pipe(TestSample.poll(1));
    harness.pipe(TestSample.poll(3));
    harness.pipe(retired(40));

    assertThat(remembered()).isNotNull();
    stayQuiet();
    assertThat(harness.read(Topics.BREACHES))
        .extracting(breach -> breach.getRuleId())
        .contains("collector_stale");
  }

  @Test
  void isIgnoredWhenTheInstanceIsNotKnown() {
    harness.pipe(retired(20));
    harness.pipe(TestSample.poll(2));
    harness.pipe(retired(40));
    harness.pipe(retired(50));

    assertThat(harness.read(Topics.SIGNALS)).hasSize(2);
    assertThat(stale()).isEqualTo(2);
  }

  private void stayQuiet() {
    for (int second = 0; second < INTERVALS_OF_SILENCE * 15; second++) {
      harness.advanceWallClock(Duration.ofSeconds(1));
    }
  }

  /** As a collector writes it: no sequence, since others may have polled the target before. */
  private static InstanceSample retired(double second) {
    InstanceSample sample = TestSample.failed(0, second, TargetState.RETIRED);
    sample.setCollectorId("c2");
    sample.setError(null);
    return sample;
  }

  private Object remembered() {
    KeyValueStore<String, LastSample> store = harness.driver().getKeyValueStore(SignalStage.STORE);
    return store.get(TestSample.INSTANCE);
  }

  private double stale() {
    return harness
        .meters()
        .get("emberwatch.processor.samples")
        .tag("outcome", "stale")
        .counter()
        .count();
  }
}
