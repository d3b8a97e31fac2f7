package io.emberwatch.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.processor.fixture.TestSample;
import io.emberwatch.processor.fixture.TopologyHarness;
import io.emberwatch.processor.state.LastSample;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class SignalStageTopologyTest {

  @Test
  void publishesOneRecordOfSignalsForEachSample() {
    try (TopologyHarness harness = new TopologyHarness()) {
      harness.pipe(commands(1, 0));
      harness.pipe(commands(2, 1_500));
      harness.pipe(TestSample.failed(3, 45, TargetState.UNREACHABLE));
      List<KeyValue<String, Signals>> out = harness.output(Topics.SIGNALS).readKeyValuesToList();
      assertThat(out).extracting(record -> record.key).containsOnly(TestSample.INSTANCE);
      assertThat(out)
          .extracting(record -> record.value.getOpsRate())
          .containsExactly(null, 100.0, null);
      assertThat(out)
          .extracting(record -> record.value.getTraceId())
          .containsExactly("c1/1", "c1/2", "c1/3");
    }
  }

  @Test
  void dropsAndCountsRepeatedSamples() {
    try (TopologyHarness harness = new TopologyHarness()) {
      harness.pipe(commands(1, 0));
      harness.pipe(commands(1, 0));
      assertThat(harness.read(Topics.SIGNALS)).hasSize(1);
      assertThat(samples(harness, "derived")).isEqualTo(1);
      assertThat(samples(harness, "stale")).isEqualTo(1);
    }
  }

  @Test
  void keepsTheInstancesOfAPartitionApart() {
    try (TopologyHarness harness = new TopologyHarness()) {
      InstanceSample other = commands(1, 900_000);
      other.setInstanceId("prod/cache-2/10.0.0.2:6379");
      harness.pipe(commands(1, 0));
      harness.pipe(other);
      harness.pipe(commands(2, 150));
      assertThat(harness.read(Topics.SIGNALS))
          .extracting(Signals::getOpsRate)
          .containsExactly(null, null, 10.0);
    }
  }

  @Test
  void setsBackATimeThatIsAheadOfTheBrokersClock() {
    try (TopologyHarness harness = new TopologyHarness()) {
      Instant before = Clock.systemUTC().instant();
      InstanceSample fast = TestSample.poll(1);
      fast.setSampledAt(before.plus(Duration.ofHours(5)));
      harness.pipe(fast);
      Instant eventTime = harness.read(Topics.SIGNALS).get(0).getSampledAt();
      assertThat(eventTime).isBetween(before, Clock.systemUTC().instant().plusSeconds(11));
      assertThat(harness.meters().counter("emberwatch.processor.samples.clamped").count())
          .isEqualTo(1);
    }
  }

  @Test
  void forgetsAnInstanceThatIsNoLongerExpected() {
    try (TopologyHarness harness = new TopologyHarness()) {
      harness.pipe(TestSample.poll(1));
      KeyValueStore<String, LastSample> store =
          harness.driver().getKeyValueStore(SignalStage.STORE);
      assertThat(store.get(TestSample.INSTANCE)).isNotNull();
      harness.advanceWallClock(Duration.ofDays(1));
      for (int second = 0; second < 60; second++) {
        harness.advanceWallClock(Duration.ofSeconds(1));
      }
      assertThat(store.get(TestSample.INSTANCE)).isNull();
    }
  }

  private static double samples(TopologyHarness harness, String outcome) {
    return harness.meters().counter("emberwatch.processor.samples", "outcome", outcome).count();
  }

  private static InstanceSample commands(long n, long processed) {
    return TestSample.poll(n, s -> s.getStats().setTotalCommandsProcessed(processed));
  }
}
