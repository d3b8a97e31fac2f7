package io.emberwatch.schemas.topic;

import java.time.Duration;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic of the contract. {@link Topics} has them all.
 *
 * @param name name on the broker
 * @param keyType type of the key; keys are UTF-8 strings
 * @param valueType generated record that the value is
 * @param partitions partitions to create it with, 1 or more
 * @param cleanup how it forgets
 * @param retention how long a record stays, or, when compacted, a tombstone; above zero
 * @param recordTime what the time of a record is
 * @param content one line for a reader of the documentation: what a record is and what its key is
 */
public record Topic<K, V extends SpecificRecord>(
    String name,
    Class<K> keyType,
    Class<V> valueType,
    int partitions,
    Cleanup cleanup,
    Duration retention,
    RecordTime recordTime,
    String content) {

  public Topic {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a topic needs a name");
    }
    if (partitions < 1) {
      throw new IllegalArgumentException(name + ": partitions must be 1 or more: " + partitions);
    }
    if (retention.isZero() || retention.isNegative()) {
      throw new IllegalArgumentException(name + ": retention must be above zero: " + retention);
    }
  }

  /** Subject of the value's schema in the registry (TopicNameStrategy). */
  public String subject() {
    return name + "-value";
  }

  /** Schema of the value as it is published: with its documentation, without Java's properties. */
  public Schema schema() {
    return PublishedSchema.of(valueType);
  }
}
