package io.emberwatch.embedded.registry;

import org.apache.avro.Schema;

/**
 * One registered version.
 *
 * @param subject such as {@code emberwatch.samples-value}
 * @param version 1, 2, 3 within the subject
 * @param id the same for the same schema text in every subject; 1 and up
 * @param schema parsed
 */
record SchemaVersion(String subject, int version, int id, Schema schema) {
  /** The canonical JSON text, which is what identifies a schema. */
  String text() {
    return schema.toString();
  }
}
