package io.emberwatch.collector.spool;

import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Names a schema that bodies of a topic were written with. Two schemas that encode alike share it.
 *
 * @param topic name of the topic
 * @param fingerprint CRC-64-AVRO of the schema's parsing canonical form
 */
public record WriterSchema(String topic, long fingerprint) {

  /** Name of this schema in this topic. */
  public static WriterSchema of(String topic, Schema schema) {
    return new WriterSchema(topic, SchemaNormalization.parsingFingerprint64(schema));
  }
}
