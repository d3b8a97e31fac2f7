package io.emberwatch.bench.format;

import io.emberwatch.schemas.InstanceSample;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a sample by their path, such as {@code memory.usedMemory}, without those that are
 * absent. A value is a Long, a Double, a Boolean or a String.
 */
final class FlatSample {

  private final Map<String, Object> fields = new LinkedHashMap<>();

  private FlatSample() {}

  static FlatSample of(InstanceSample sample) {
    FlatSample flat = new FlatSample();
    flat.add("", sample);
    return flat;
  }

  Map<String, Object> fields() {
    return Collections.unmodifiableMap(fields);
  }

  /** The numbers among them; a time is one. */
  Map<String, Double> numbers() {
    return fields.entrySet().stream()
        .filter(field -> field.getValue() instanceof Number)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                field -> ((Number) field.getValue()).doubleValue(),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  private void add(String path, @Nullable Object value) {
    if (value instanceof IndexedRecord inner) {
      for (Schema.Field field : inner.getSchema().getFields()) {
        add(below(path, field.name()), inner.get(field.pos()));
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, element) -> add(below(path, String.valueOf(key)), element));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        add(below(path, Integer.toString(i)), list.get(i));
      }
    } else if (value != null) {
      fields.put(path, scalar(value));
    }
  }

  private static Object scalar(Object value) {
    if (value instanceof Instant time) {
      return time.toEpochMilli();
    }
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float || value instanceof Double) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof Boolean) {
      return value;
    }
    return value instanceof GenericFixed id ? hex(id.bytes()) : value.toString();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
