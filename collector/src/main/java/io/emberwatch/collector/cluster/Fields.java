package io.emberwatch.collector.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A map as RESP2 sends it: names and values by turns. Names that come twice keep the last value.
 */
final class Fields {

  /** No reply of these commands has more; a longer list is something else. */
  private static final int MAX_FIELDS = 64;

  private final Map<String, Object> values = new HashMap<>();

  private Fields() {}

  /** The fields of a list; none when it is no list of fields. */
  static Fields of(@Nullable Object reply) {
    Fields fields = new Fields();
    if (reply instanceof List<?> list && list.size() <= 2 * MAX_FIELDS) {
      for (int i = 0; i + 1 < list.size(); i += 2) {
        Object value = list.get(i + 1);
        if (list.get(i) instanceof byte[] name && value != null) {
          fields.values.put(new String(name, UTF_8), value);
        }
      }
    }
    return fields;
  }

  /** A text; empty when the field is missing, nil or something else. */
  Optional<String> text(String name) {
    return values.get(name) instanceof byte[] bytes
        ? Optional.of(new String(bytes, UTF_8))
        : Optional.empty();
  }

  /** A number, also one that was sent as a text. */
  OptionalLong number(String name) {
    Object value = values.get(name);
    if (value instanceof Long number) {
      return OptionalLong.of(number);
    }
    return text(name)
        .filter(text -> text.matches("-?\\d{1,18}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }

  /** A list; empty when it is none. */
  List<?> list(String name) {
    return values.get(name) instanceof List<?> list ? list : List.of();
  }
}
