package io.emberwatch.collector.info;

import io.emberwatch.schemas.serde.TrustedRecords;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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

  /** INFO's name of a field: property {@code info}, else the field's own. */
  static String infoName(Schema.Field field) {
    String name = field.getProp("info");
    return name == null ? field.name() : name;
  }

  /** What INFO calls the values of a field: property {@code words}. */
  static Map<String, String> words(Schema.Field field, Map<String, String> otherwise) {
    if (!(field.getObjectProp("words") instanceof Map<?, ?> words)) {
      return otherwise;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    words.forEach((word, value) -> texts.put(word.toString(), value.toString()));
    return texts;
  }

  /**
   * Values by their texts. Without words, the symbols of an enum in lower case, with underscores or
   * with dashes; never UNKNOWN, which stands for what is none of them.
   */
  static Map<String, Object> spellings(Map<String, String> words, Schema schema) {
    Map<String, Object> values = new LinkedHashMap<>();
    words.forEach((word, value) -> values.put(word, value(value, schema)));
    if (words.isEmpty()) {
      for (String symbol : schema.getEnumSymbols()) {
        if (!symbol.equals("UNKNOWN")) {
          String text = symbol.toLowerCase(Locale.ROOT);
          values.put(text, value(symbol, schema));
          values.put(text.replace('_', '-'), value(symbol, schema));
        }
      }
    }
    return values;
  }

  private static Object value(String text, Schema schema) {
    return schema.getType() == Schema.Type.ENUM
        ? SpecificData.get().createEnum(text, schema)
        : Boolean.valueOf(text);
  }
}
