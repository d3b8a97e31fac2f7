package io.emberwatch.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.processor.fixture.TestSample;
import io.emberwatch.processor.fixture.TopologyHarness;
import io.emberwatch.processor.state.RatedSignal;
import io.emberwatch.processor.state.SignalSummary;
import io.emberwatch.processor.state.WindowSummary;
import io.emberwatch.schemas.DeadLetter;
import io.emberwatch.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTopologyTest {

  @Test
  void bytesThatAreNoRecordAreADeadLetterWithCoordinates() {
    try (TopologyHarness harness = TopologyHarness.withoutTransactions()) {
      harness.pipe(TestSample.poll(1));
      harness.rawInput(Topics.SAMPLES).pipeInput("k", utf8("not avro"));
      harness.pipe(TestSample.poll(2));
      TestRecord<String, DeadLetter> record = harness.output(Topics.DEAD_LETTERS).readRecord();
      DeadLetter letter = record.value();
      assertThat(record.key()).isEqualTo("k");
      assertThat(letter.getService()).isEqualTo("processor");
      assertThat(letter.getKind()).isEqualTo("deserialization");
      assertThat(letter.getStage()).isEqualTo("samples-source");
      assertThat(letter.getTopic()).isEqualTo(Topics.SAMPLES.name());
      assertThat(letter.getPartition()).isZero();
      assertThat(letter.getOffset()).isEqualTo(1);
      assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(utf8("not avro")));
      assertThat(header(record, "emberwatch.error.offset")).isEqualTo("1");
      assertThat(header(record, "emberwatch.error.kind")).isEqualTo("deserialization");
      assertThat(harness.read(Topics.SIGNALS)).hasSize(2);
      assertThat(letters(harness, "deserialization")).isEqualTo(1);
    }
  }

  @Test
  void sampleWithoutAKeyIsADeadLetterOfItsStage() {
    try (TopologyHarness harness = new TopologyHarness()) {
      harness.input(Topics.SAMPLES).pipeInput((String) null, TestSample.poll(1));
      DeadLetter letter = harness.read(Topics.DEAD_LETTERS).get(0);
      assertThat(letter.getKind()).isEqualTo("processing");
      assertThat(letter.getStage()).isEqualTo("signal-derive");
      assertThat(letter.getException()).isEqualTo(IllegalArgumentException.class.getName());
      assertThat(letter.getOffset()).isZero();
      assertThat(letter.getValue().remaining()).isGreaterThan(50);
    }
  }

  @Test
  void hugeValuesAreCutBelowWhatAProducerSends() {
    try (TopologyHarness harness = TopologyHarness.withoutTransactions()) {
      harness.rawInput(Topics.SAMPLES).pipeInput("k", new byte[3_000_000]);
      DeadLetter letter = harness.read(Topics.DEAD_LETTERS).get(0);
      assertThat(letter.getValue().remaining()).isEqualTo(999_999);
    }
  }

  @Test
  void failedTickIsADeadLetterAndDoesNotFailAgain() {
    try (TopologyHarness harness = new TopologyHarness()) {
      harness.pipe(TestSample.poll(0));
      KeyValueStore<String, WindowSummary> minutes = harness.driver().getKeyValueStore("rate-1m");
      minutes.put("0000000000000/prod/poison", poison());
      harness.pipe(TestSample.poll(6));
      harness.pipe(TestSample.poll(7));
      List<DeadLetter> letters = harness.read(Topics.DEAD_LETTERS);
      assertThat(letters).hasSize(1);
      assertThat(letters.get(0).getStage()).isEqualTo("rate-close");
      assertThat(letters.get(0).getKind()).isEqualTo("punctuation");
    }
  }

  @Test
  void registryThatDoesNotAnswerIsNotTheRecordsFault() {
    try (TopologyHarness harness = new TopologyHarness()) {
      harness.stopRegistry();
      TestInputTopic<String, byte[]> samples = harness.rawInput(Topics.SAMPLES);
      assertThatThrownBy(() -> samples.pipeInput("k", unknownSchema()))
          .isInstanceOf(StreamsException.class);
      assertThat(harness.read(Topics.DEAD_LETTERS)).isEmpty();
    }
  }

  private static byte[] unknownSchema() {
    return new byte[] {0, 0, 0, 9, 9, 1, 2, 3};
  }

  private static WindowSummary poison() {
    SignalSummary summary =
        new SignalSummary(
            RatedSignal.OPS_RATE, 1L, 1.0, 1.0, 1.0, 1.0, ByteBuffer.wrap(utf8("no sketch")));
    return new WindowSummary("prod", "cache-1", Map.of(), List.of(summary));
  }

  private static double letters(TopologyHarness harness, String kind) {
    return harness
        .meters()
        .counter("emberwatch.processor.dead.letters", "stage", "samples-source", "kind", kind)
        .count();
  }

  private static String header(TestRecord<String, DeadLetter> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
