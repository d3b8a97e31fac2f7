package io.emberwatch.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.processor.fixture.TestSample;
import io.emberwatch.processor.fixture.TopologyHarness;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.topic.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A target that moves between collectors: each numbers its polls from 1, and some are doubled. */
class CollectorHandoverTest {

  private static final long COMMANDS_PER_SECOND = 100;

  @Test
  void samplesOfTwoCollectorsGiveTheRatesOfOne() {
    try (TopologyHarness harness = new TopologyHarness()) {
      harness.pipe(sample("c1", 41, 0));
      harness.pipe(sample("c1", 42, 15));
      // Taken over right after a poll, then after the 10 s of a takeover and an interval.
      harness.pipe(sample("c2", 1, 15.4));
      harness.pipe(sample("c2", 2, 30));
      harness.pipe(sample("c3", 1, 55));
      harness.pipe(sample("c3", 2, 60));
      // Two poll it, in turns.
      harness.pipe(sample("c2", 3, 68));
      harness.pipe(sample("c3", 3, 75));
      harness.pipe(sample("c2", 4, 83));
      harness.pipe(sample("c3", 4, 97));
      // What one of them had spooled comes late.
      harness.pipe(sample("c2", 5, 90));

      List<Signals> signals = harness.read(Topics.SIGNALS);

      assertThat(signals).hasSize(10);
      assertThat(signals).noneMatch(Signals::getRestarted);
      assertThat(signals).noneMatch(Signals::getStatsReset);
      assertThat(signals).noneMatch(Signals::getGap);
      assertThat(signals)
          .extracting(Signals::getOpsRate)
          .filteredOn(rate -> rate != null)
          .hasSizeGreaterThanOrEqualTo(6)
          .allSatisfy(rate -> assertThat(rate).isEqualTo(COMMANDS_PER_SECOND));
      assertThat(harness.read(Topics.BREACHES)).isEmpty();
      assertThat(
              harness
                  .meters()
                  .get("emberwatch.processor.samples")
                  .tag("outcome", "stale")
                  .counter()
                  .count())
          .isEqualTo(1);
    }
  }

  private static InstanceSample sample(String collector, long sequence, double second) {
    InstanceSample sample = TestSample.at(sequence, second);
    sample.setCollectorId(collector);
    sample.getStats().setTotalCommandsProcessed(Math.round(second * COMMANDS_PER_SECOND));
    return sample;
  }
}
