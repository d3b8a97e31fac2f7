package io.emberwatch.runtime.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A configuration document as text: the way back from {@link ConfigReader#tree}. Pure. The text is
 * one line of JSON, which is YAML, with sorted keys: the same content gives the same text.
 */
public final class ConfigText {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private ConfigText() {}

  /**
   * The text of a document.
   *
   * @param tree maps with texts as keys, lists, and texts
   */
  public static String of(Map<String, ?> tree) {
    StringBuilder text = new StringBuilder();
    write(tree, text);
    return text.toString();
  }

  private static void write(Object value, StringBuilder into) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, item) -> sorted.put(String.valueOf(key), item));
      String separator = "{";
      for (Map.Entry<String, Object> entry : sorted.entrySet()) {
        into.append(separator);
        quote(entry.getKey(), into);
        into.append(": ");
        write(entry.getValue(), into);
        separator = ", ";
      }
      into.append(sorted.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      String separator = "[";
      for (Object item : list) {
        into.append(separator);
        write(item, into);
        separator = ", ";
      }
      into.append(list.isEmpty() ? "[]" : "]");
    } else {
      quote(String.valueOf(value), into);
    }
  }

  private static void quote(String text, StringBuilder into) {
    into.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        into.append('\\').append(c);
      } else if (Character.isISOControl(c) || c == BYTE_ORDER_MARK) {
        into.append("\\u%04x".formatted((int) c));
      } else {
        into.append(c);
      }
    }
    into.append('"');
  }
}
