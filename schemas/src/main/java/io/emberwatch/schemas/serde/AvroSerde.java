package io.emberwatch.schemas.serde;

import io.emberwatch.schemas.registry.RegistryException;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * Serializer and deserializer of one type of record, ready to be handed to a producer, a consumer
 * or Kafka Streams. Thread-safe; closing it does nothing.
 *
 * <pre>{@code
 * SchemaIds ids = SchemaRegistryClient.of(Map.of("schema.registry.url", url));
 * AvroSerde<InstanceSample> serde = AvroSerde.of(Topics.SAMPLES, ids);
 * serde.prepare();
 * }</pre>
 */
public final class AvroSerde<V extends SpecificRecord> implements Serde<V> {

  private final AvroSerializer<V> serializer;
  private final AvroDeserializer<V> deserializer;

  private AvroSerde(String subject, Class<V> type, SchemaIds ids) {
    this.serializer = new AvroSerializer<>(subject, type, ids);
    this.deserializer = new AvroDeserializer<>(type, ids);
  }

  /** Serde of the values of a topic. */
  public static <V extends SpecificRecord> AvroSerde<V> of(Topic<?, V> topic, SchemaIds ids) {
    return new AvroSerde<>(topic.subject(), topic.valueType(), ids);
  }

  /** Serde of a record that is on no topic of the catalogue, such as the state of a store. */
  public static <V extends SpecificRecord> AvroSerde<V> of(
      String subject, Class<V> type, SchemaIds ids) {
    return new AvroSerde<>(subject, type, ids);
  }

  /**
   * Finds, or registers, the schema now, so that a service fails at start-up rather than at its
   * first record.
   *
   * @throws RegistryException if there is no id to be had
   */
  public AvroSerde<V> prepare() {
    serializer.prepare();
    return this;
  }

  @Override
  public AvroSerializer<V> serializer() {
    return serializer;
  }

  @Override
  public AvroDeserializer<V> deserializer() {
    return deserializer;
  }
}
