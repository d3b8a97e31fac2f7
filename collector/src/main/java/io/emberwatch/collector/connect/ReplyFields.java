package io.emberwatch.collector.connect;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reply of names and values in turn, as SENTINEL and XINFO give them, by name. Takes anything:
 * what is no such reply has no fields, what is no such value is absent. Immutable.
 */
public final class ReplyFields {

  /** Real replies have up to some thirty. */
  private static final int MAX_FIELDS = 128;

  /** Real values are addresses, ids and flags; a name may be longer, and is cut. */
  private static final int MAX_TEXT = 128;

  private final Map<String, Object> values;

  private ReplyFields(Map<String, Object> values) {
    this.values = values;
  }

  /** The first value of a repeated name wins. */
  public static ReplyFields of(@Nullable Object reply) {
    Map<String, Object> values = new HashMap<>();
    if (reply instanceof List<?> parts) {
      int pairs = Math.min(parts.size() / 2, MAX_FIELDS);
      for (int i = 0; i < pairs; i++) {
        Object value = parts.get(2 * i + 1);
        if (parts.get(2 * i) instanceof byte[] name && value != null) {
          values.putIfAbsent(text(name), value);
        }
      }
    }
    return new ReplyFields(values);
  }

  /** A text of at most 128 characters. */
  public @Nullable String text(String name) {
    return values.get(name) instanceof byte[] bytes ? text(bytes) : null;
  }

  /** A whole number, sent as a number or as its digits. */
  public @Nullable Long number(String name) {
    Object value = values.get(name);
    if (value instanceof Long number) {
      return number;
    }
    String text = text(name);
    return text != null && text.matches("-?\\d{1,18}") ? Long.valueOf(text) : null;
  }

  /** A list; empty when it is none. */
  public List<?> list(String name) {
    return values.get(name) instanceof List<?> list
        ? Collections.unmodifiableList(list)
        : List.of();
  }

  /** The bytes as they came. */
  public byte @Nullable [] bytes(String name) {
    return values.get(name) instanceof byte[] bytes ? bytes.clone() : null;
  }

  private static String text(byte[] bytes) {
    // No character has more than 4 bytes.
    int length = Math.min(bytes.length, 4 * MAX_TEXT);
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
