package io.emberwatch.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.processor.fixture.TestSample;
import io.emberwatch.processor.fixture.TopologyHarness;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.topic.Topics;
import org.junit.jupiter.api.Test;

/** Nothing vanishes: what is read is derived, dropped and counted, or a dead letter. */
class AccountingTopologyTest {

  @Test
  void everySampleIsSignalsOrStaleOrADeadLetter() {
    try (TopologyHarness harness = TopologyHarness.withoutTransactions()) {
      harness.pipe(TestSample.poll(1));
      harness.pipe(TestSample.poll(2));
      harness.pipe(TestSample.poll(2));
      harness.pipe(TestSample.failed(3, 45, TargetState.UNREACHABLE));
      harness.rawInput(Topics.SAMPLES).pipeInput("k", new byte[] {42});
      harness.rawInput(Topics.SAMPLES).pipeInput("k", new byte[0]);
      harness.pipe(clockSetBack(4));
      int read = 7;

      double derived = count(harness, "samples", "outcome", "derived");
      double stale = count(harness, "samples", "outcome", "stale");
      int letters = harness.read(Topics.DEAD_LETTERS).size();

      assertThat(derived).isEqualTo(harness.read(Topics.SIGNALS).size()).isEqualTo(4);
      assertThat(stale).isEqualTo(1);
      assertThat(letters).isEqualTo(2);
      assertThat(derived + stale + letters).isEqualTo(read);
    }
  }

  @Test
  void signalsThatAStageIgnoresAreCountedByIt() {
    try (TopologyHarness harness = new TopologyHarness()) {
      harness.pipe(TestSample.poll(10));
      harness.pipe(clockSetBack(11));

      assertThat(count(harness, "signals.late", "stage", "rule")).isEqualTo(1);
      assertThat(count(harness, "signals.late", "stage", "group")).isEqualTo(1);
      assertThat(count(harness, "signals.late", "stage", "health")).isEqualTo(1);
    }
  }

  @Test
  void breachesOfEveryStageAreCounted() {
    try (TopologyHarness harness = new TopologyHarness()) {
      harness.pipe(TestSample.poll(1));
      for (long n = 2; n <= 8; n++) {
        harness.pipe(TestSample.failed(n, 15.0 * n, TargetState.UNREACHABLE));
      }
      int published = harness.read(Topics.BREACHES).size();

      assertThat(count(harness, "breaches", "rule", "instance_down")).isPositive();
      assertThat(count(harness, "breaches", "rule", "no_primary")).isPositive();
      assertThat(
              harness.meters().find("emberwatch.processor.breaches").counters().stream()
                  .mapToDouble(counter -> counter.count())
                  .sum())
          .isEqualTo(published);
    }
  }

  private static double count(TopologyHarness harness, String name, String tag, String value) {
    return harness.meters().find("emberwatch.processor." + name).tag(tag, value).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  /** The collector's next poll, by a clock that was set back to the epoch. */
  private static InstanceSample clockSetBack(long sequence) {
    return TestSample.at(sequence, 1);
  }
}
