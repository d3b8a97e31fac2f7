package io.emberwatch.alerter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.DeadLetter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class QuarantineTest {

  /** The producer refuses more than 1 MB, and then the record would be read again for ever. */
  @Test
  void cutsKeyAndValueSoThatTheLetterCanAlwaysBeSent() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    List<DeadLetter> letters = new ArrayList<>();
    Quarantine quarantine =
        new Quarantine(
            producer,
            (topic, letter) -> {
              letters.add(letter);
              return new byte[0];
            },
            Clock.systemUTC());

    quarantine.put(
        new ConsumerRecord<>("breaches", 0, 7, new byte[600_000], new byte[2_000_000]),
        "processing",
        new IllegalArgumentException("too much"));

    DeadLetter letter = letters.get(0);
    assertThat(producer.history()).singleElement().matches(sent -> sent.key().length == 10_000);
    assertThat(letter.getKey().remaining() + letter.getValue().remaining()).isEqualTo(910_000);
  }
}
