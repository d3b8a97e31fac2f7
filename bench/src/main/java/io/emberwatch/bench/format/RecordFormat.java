package io.emberwatch.bench.format;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.registry.InMemorySchemas;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topics;
import java.util.Objects;

/** What we publish: our Avro record, in the wire format, as the serde writes and reads it. */
final class RecordFormat implements SampleFormat {

  private static final String TOPIC = Topics.SAMPLES.name();

  private final AvroSerde<InstanceSample> serde =
      AvroSerde.of(Topics.SAMPLES, new InMemorySchemas());
  private final InstanceSample sample;

  RecordFormat(InstanceSample sample) {
    this.sample = sample;
  }

  @Override
  public byte[] encode() {
    return Objects.requireNonNull(serde.serializer().serialize(TOPIC, sample));
  }

  @Override
  public Object decode(byte[] bytes) {
    return Objects.requireNonNull(serde.deserializer().deserialize(TOPIC, bytes));
  }
}
