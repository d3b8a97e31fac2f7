package io.emberwatch.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.processor.fixture.TestSample;
import io.emberwatch.processor.fixture.TopologyHarness;
import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.Transition;
import io.emberwatch.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuleStageTest {

  private final TopologyHarness harness = new TopologyHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aServerThatStopsAnsweringIsABreachOfItsInstanceUntilItAnswers() {
    harness.pipe(TestSample.poll(1));
    for (long poll = 2; poll <= 6; poll++) {
      harness.pipe(failed(poll));
    }
    harness.pipe(TestSample.poll(7));

    List<Breach> breaches = transitions("instance_down");

    assertThat(breaches)
        .extracting(Breach::getTransition)
        .containsExactly(Transition.FIRING, Transition.RESOLVED);
    Breach firing = breaches.get(0);
    assertThat(firing.getScopeId()).isEqualTo(TestSample.INSTANCE);
    assertThat(firing.getTraceId()).isEqualTo("c1/6");
    assertThat(firing.getSummary()).isEqualTo("Does not answer: TIMED_OUT TIMED_OUT on connect");
    assertThat(firing.getLabels()).containsEntry("owner", "team-a");
    assertThat(breaches.get(1).getEpisodeId()).isEqualTo(firing.getEpisodeId());
  }

  @Test
  void keepsHeadersAndKeyOfTheSample() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", "c1/6".getBytes(StandardCharsets.UTF_8));
    harness.pipe(TestSample.poll(1));
    for (long poll = 2; poll <= 5; poll++) {
      harness.pipe(failed(poll));
    }
    InstanceSample sixth = failed(6);
    harness
        .input(Topics.SAMPLES)
        .pipeInput(new TestRecord<>(TestSample.INSTANCE, sixth, headers, sixth.getSampledAt()));

    TestRecord<String, Breach> written =
        harness.output(Topics.BREACHES).readRecordsToList().stream()
            .filter(breach -> breach.value().getRuleId().equals("instance_down"))
            .findFirst()
            .orElseThrow();

    assertThat(written.key()).isEqualTo(TestSample.INSTANCE);
    assertThat(written.headers().toArray()).extracting(Header::key).contains("trace");
  }

  @Test
  void aHealthyInstanceLeavesNextToNothingBehind() {
    harness.pipe(TestSample.poll(1));
    harness.pipe(TestSample.poll(2));

    KeyValueStore<String, RuleStates> store = harness.driver().getKeyValueStore(RuleStage.STORE);

    assertThat(store.get(TestSample.INSTANCE).getRules()).isEmpty();
    assertThat(store.get(TestSample.INSTANCE).getObservedAt())
        .isEqualTo(TestSample.poll(2).getSampledAt());
  }

  private static InstanceSample failed(long poll) {
    return TestSample.failed(
        poll, (double) poll * TestSample.POLL_INTERVAL_SECONDS, TargetState.TIMED_OUT);
  }

  private List<Breach> transitions(String rule) {
    return harness.read(Topics.BREACHES).stream()
        .filter(breach -> breach.getRuleId().equals(rule))
        .filter(breach -> breach.getTransition() != Transition.REFRESHED)
        .toList();
  }
}
