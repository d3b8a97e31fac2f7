package io.emberwatch.collector.info;

import io.emberwatch.schemas.serde.TrustedRecords;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/** What the parser asks of Avro schemas. */
final class Schemas {

  static {
    TrustedRecords.trust();
  }

  private Schemas() {}

  /** The schema behind {@code union {null, T}}, or the schema itself. */
  static Schema required(Schema schema) {
    if (!schema.isUnion()) {
      return schema;
    }
    return schema.getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst()
        .orElse(schema);
  }

  /** An empty instance of the class generated for a record schema. */
  static SpecificRecordBase newRecord(Schema schema) {
    return (SpecificRecordBase) SpecificData.get().newRecord(null, schema);
  }
}
