package io.emberwatch.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emberwatch.processor.fixture.TestSample;
import io.emberwatch.processor.fixture.TopologyHarness;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Rate;
import io.emberwatch.schemas.topic.Topics;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Polls of 15 s from the epoch, connected_clients = number of the poll; grace 30 s. */
class RateStageTopologyTest {

  @Test
  void closesAMinuteOnceWhenItsGraceHasPassed() {
    try (TopologyHarness harness = new TopologyHarness()) {
      pipe(harness, 0, 5);
      assertThat(clients(harness)).isEmpty();
      pipe(harness, 6, 6);
      List<Rate> closed = clients(harness);
      assertThat(closed).hasSize(1);
      Rate rate = closed.get(0);
      assertThat(rate.getWindowMillis()).isEqualTo(60_000);
      assertThat(rate.getWindowStart()).isEqualTo(Instant.EPOCH);
      assertThat(rate.getWindowEnd()).isEqualTo(Instant.ofEpochSecond(60));
      // Polls 0 to 3.
      assertThat(rate.getCount()).isEqualTo(4);
      assertThat(rate.getMin()).isZero();
      assertThat(rate.getMax()).isEqualTo(3);
      assertThat(rate.getMean()).isEqualTo(1.5);
      assertThat(rate.getLast()).isEqualTo(3);
      assertThat(rate.getP50()).isCloseTo(1.0, within(0.01));
      pipe(harness, 7, 9);
      assertThat(clients(harness)).isEmpty();
    }
  }

  @Test
  void longerWindowsAreTheSumOfTheShorter() {
    try (TopologyHarness harness = new TopologyHarness()) {
      pipe(harness, 0, 243);
      List<Rate> closed = clients(harness);
      assertThat(closed).filteredOn(rate -> rate.getWindowMillis() == 60_000).hasSize(60);
      assertThat(closed).filteredOn(rate -> rate.getWindowMillis() == 300_000).hasSize(12);
      assertThat(closed)
          .filteredOn(rate -> rate.getWindowMillis() == 3_600_000)
          .singleElement()
          .satisfies(
              hour -> {
                assertThat(hour.getCount()).isEqualTo(240);
                assertThat(hour.getMin()).isZero();
                assertThat(hour.getMax()).isEqualTo(239);
                assertThat(hour.getMean()).isEqualTo(119.5);
                assertThat(hour.getLast()).isEqualTo(239);
                assertThat(hour.getP50()).isCloseTo(119.5, within(119.5 * 0.02));
                assertThat(hour.getP99()).isCloseTo(237, within(237 * 0.02));
              });
    }
  }

  @Test
  void closesTheWindowOfAnInstanceThatFellSilent() {
    try (TopologyHarness harness = new TopologyHarness()) {
      InstanceSample silent = sample(1);
      silent.setInstanceId("prod/cache-2/10.0.0.2:6379");
      harness.pipe(silent);
      pipe(harness, 1, 6);
      assertThat(clients(harness))
          .extracting(Rate::getInstanceId)
          .containsExactlyInAnyOrder("prod/cache-2/10.0.0.2:6379", TestSample.INSTANCE);
    }
  }

  @Test
  void countsASampleThatCameAfterItsWindowHadClosed() {
    try (TopologyHarness harness = new TopologyHarness()) {
      pipe(harness, 0, 6);
      InstanceSample late = sample(3);
      late.setInstanceId("prod/cache-2/10.0.0.2:6379");
      harness.pipe(late);
      assertThat(harness.meters().counter("emberwatch.processor.rates.late").count()).isEqualTo(1);
      pipe(harness, 7, 12);
      assertThat(clients(harness))
          .extracting(Rate::getInstanceId)
          .containsOnly(TestSample.INSTANCE);
    }
  }

  @Test
  void forgetsClosedWindows() {
    try (TopologyHarness harness = new TopologyHarness()) {
      pipe(harness, 0, 60);
      assertThat(harness.driver().getKeyValueStore("rate-1m").approximateNumEntries())
          .isLessThanOrEqualTo(2);
      assertThat(harness.driver().getKeyValueStore("rate-5m").approximateNumEntries())
          .isLessThanOrEqualTo(2);
    }
  }

  private static List<Rate> clients(TopologyHarness harness) {
    return harness.read(Topics.RATES).stream()
        .filter(rate -> rate.getSignal().equals("connected_clients"))
        .toList();
  }

  private static void pipe(TopologyHarness harness, int from, int to) {
    for (int n = from; n <= to; n++) {
      harness.pipe(sample(n));
    }
  }

  private static InstanceSample sample(int n) {
    return TestSample.poll(n, s -> s.getClients().setConnectedClients((long) n));
  }
}
