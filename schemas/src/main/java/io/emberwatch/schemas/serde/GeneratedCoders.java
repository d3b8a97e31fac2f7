package io.emberwatch.schemas.serde;

import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The coders that Avro generates with a class, which it leaves unused unless told otherwise. A
 * field may be absent, and a generated coder writes its null as one byte; Avro's general way first
 * looks each value up among the types of the field's union. That halves what it costs to encode a
 * core sample; decoding costs the same. The bytes do not change.
 */
final class GeneratedCoders {

  private GeneratedCoders() {}

  /**
   * Uses those of a class and of the records within, whoever reads or writes them. Avro generates
   * none for a record that has a logical type anywhere in it, as a timestamp: that is coded in the
   * general way, and the records within it that have none by their own coders.
   */
  static void use(Class<? extends SpecificRecord> type) {
    SpecificData.getForClass(type).setCustomCoders(true);
  }
}
