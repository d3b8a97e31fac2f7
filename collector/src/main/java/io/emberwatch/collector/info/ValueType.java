package io.emberwatch.collector.info;

import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** How the text of a field becomes the value of an Avro field. */
enum ValueType {
  LONG,
  DOUBLE,
  BOOLEAN,
  TEXT;

  /** The type behind {@code union {null, T}} or {@code T}; null for records, arrays and maps. */
  static @Nullable ValueType of(Schema schema) {
    return switch (Schemas.required(schema).getType()) {
      case LONG -> LONG;
      case DOUBLE -> DOUBLE;
      case BOOLEAN -> BOOLEAN;
      case STRING -> TEXT;
      default -> null;
    };
  }

  /** The value of {@code text[from, to)}, or null when it is not of this type. */
  @Nullable Object parse(byte[] text, int from, int to) {
    return switch (this) {
      case LONG -> Numbers.parseLong(text, from, to);
      case DOUBLE -> Numbers.parseDouble(text, from, to);
      case BOOLEAN -> parseFlag(text, from, to);
      case TEXT -> new String(text, from, to - from, StandardCharsets.UTF_8);
    };
  }

  private static @Nullable Boolean parseFlag(byte[] text, int from, int to) {
    if (to - from != 1 || (text[from] != '0' && text[from] != '1')) {
      return null;
    }
    return text[from] == '1';
  }
}
