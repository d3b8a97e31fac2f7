package io.emberwatch.processor.topology;

import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Serdes of everything that the stages read, write and remember. Asking for one finds or registers
 * its schema, so a registry that refuses stops the processor before its first record.
 */
public final class StageSerdes {

  private final String applicationId;
  private final SchemaIds ids;

  /**
   * @param applicationId of Kafka Streams, the prefix of the stores' changelogs
   */
  public StageSerdes(String applicationId, SchemaIds ids) {
    this.applicationId = applicationId;
    this.ids = ids;
  }

  /** Keys are UTF-8 strings. */
  public Serde<String> key() {
    return Serdes.String();
  }

  /** Values of a topic of the catalogue. */
  public <V extends SpecificRecord> Serde<V> value(Topic<?, V> topic) {
    return AvroSerde.of(topic, ids).prepare();
  }

  /** Values of a store; its schema has the subject of the store's changelog. */
  public <V extends SpecificRecord> Serde<V> state(String store, Class<V> type) {
    return AvroSerde.of(applicationId + "-" + store + "-changelog-value", type, ids).prepare();
  }

  /** Values of a repartition topic, as {@code Repartitioned} names it. */
  public <V extends SpecificRecord> Serde<V> repartition(String name, Class<V> type) {
    return AvroSerde.of(applicationId + "-" + name + "-repartition-value", type, ids).prepare();
  }
}
