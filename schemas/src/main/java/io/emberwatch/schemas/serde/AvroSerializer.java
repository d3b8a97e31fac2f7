package io.emberwatch.schemas.serde;

import io.emberwatch.schemas.registry.RegistryException;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.topic.PublishedSchema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of one type in the Confluent wire format. Thread-safe.
 *
 * <p>The schema id is asked for once, by {@link #prepare()} or by the first record, and always for
 * the subject it was made with: the topic argument of {@link #serialize} is not looked at, so state
 * stores and repartition topics of Kafka Streams share the id of the topic's subject.
 */
public final class AvroSerializer<V extends SpecificRecord> implements Serializer<V> {

  private final String subject;
  private final Class<V> type;
  private final SchemaIds ids;
  private final AvroEncoder<V> encoder;
  private volatile byte @Nullable [] header;

  /** Serializer of records of this type, with the schema registered in this subject. */
  public AvroSerializer(String subject, Class<V> type, SchemaIds ids) {
    this.subject = subject;
    this.type = type;
    this.ids = ids;
    this.encoder = new AvroEncoder<>(type);
  }

  /**
   * Finds, or registers, the schema now. Call it at start-up: a registry that is down, or a schema
   * that it refuses, then stops the service before it has read a record.
   *
   * @throws RegistryException if there is no id to be had
   */
  public void prepare() {
    headerBytes();
  }

  /**
   * Bytes of a record. Null gives null, a tombstone.
   *
   * @throws SerdeException with {@code REGISTRY} or {@code UNWRITABLE}
   */
  @Override
  public byte @Nullable [] serialize(String topic, @Nullable V value) {
    if (value == null) {
      return null;
    }
    try {
      return encoder.encode(headerBytes(), value);
    } catch (RegistryException e) {
      throw new SerdeException(
          SerdeException.Code.REGISTRY, "no schema id for subject " + subject, e);
    }
  }

  private byte[] headerBytes() {
    byte[] known = header;
    if (known == null) {
      known = WireFormat.header(ids.idOf(subject, PublishedSchema.of(type)));
      header = known;
    }
    return known;
  }
}
