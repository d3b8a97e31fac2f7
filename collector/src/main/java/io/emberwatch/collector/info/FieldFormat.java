package io.emberwatch.collector.info;

import io.emberwatch.schemas.identity.RandomIds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the text of a field becomes the value of an Avro field. A text that would not come back from
 * the value as it was is not of the format: no digit is ever lost.
 */
@FunctionalInterface
interface FieldFormat {

  /** The value of {@code text[from, to)}, or null when it is not of this format. */
  @Nullable Object parse(byte[] text, int from, int to);

  /**
   * By the field's type and its properties {@code decimals} and {@code words}; null for records,
   * arrays and maps.
   */
  static @Nullable FieldFormat of(Schema.Field field) {
    Schema schema = Schemas.required(field.schema());
    return switch (schema.getType()) {
      case LONG -> ofLong(field);
      case DOUBLE -> Numbers::parseDouble;
      case STRING -> (text, from, to) -> new String(text, from, to - from, StandardCharsets.UTF_8);
      case BOOLEAN -> Words.of(Schemas.words(field, Map.of("1", "true", "0", "false")), schema);
      case ENUM -> Words.of(Schemas.words(field, Map.of()), schema);
      case FIXED -> RandomIds::parse;
      default -> null;
    };
  }

  private static FieldFormat ofLong(Schema.Field field) {
    return field.getObjectProp("decimals") instanceof Integer decimals
        ? (text, from, to) -> Numbers.parseScaled(text, from, to, decimals)
        : Numbers::parseLong;
  }

  /** A closed choice of words. */
  record Words(List<byte[]> texts, List<Object> values) implements FieldFormat {

    /** The symbols in lower case, as they are and with dashes, or what the words say. */
    static Words of(Map<String, String> words, Schema schema) {
      List<byte[]> texts = new ArrayList<>();
      List<Object> values = new ArrayList<>();
      Schemas.spellings(words, schema)
          .forEach(
              (text, value) -> {
                texts.add(text.getBytes(StandardCharsets.UTF_8));
                values.add(value);
              });
      return new Words(texts, values);
    }

    @Override
    public @Nullable Object parse(byte[] text, int from, int to) {
      for (int i = 0; i < texts.size(); i++) {
        byte[] word = texts.get(i);
        if (Arrays.equals(word, 0, word.length, text, from, to)) {
          return values.get(i);
        }
      }
      return null;
    }
  }
}
