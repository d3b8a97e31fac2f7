package io.emberwatch.collector.info;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** INFO read line by line and apart from the parser, so that a fault in one shows. */
public final class InfoLines {

  /** What Valkey calls otherwise than Redis, whose names the schema has. */
  private static final Map<String, String> RENAMED =
      Map.of("server_mode", "redis_mode", "expired_fields", "expired_subkeys");

  private InfoLines() {}

  /** The reply's fields as a reader of INFO would take them, figures for people left out. */
  public static Map<String, String> fields(byte[] bytes) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\r?\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && !line.startsWith("#") && !line.substring(0, colon).endsWith("_human")) {
        addField(fields, line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return fields;
  }

  private static void addField(Map<String, String> fields, String name, String value) {
    if (name.matches(
        "(cmdstat_|errorstat_|latency_percentiles_usec_).*|db\\d+|slave\\d+|io_thread_\\d+")) {
      for (String pair : value.split(",", -1)) {
        String[] parts = pair.split("=", 2);
        fields.put(name + "." + parts[0].replace('-', '_'), parts[1]);
      }
    } else if (name.equals("module")) {
      fields.put("module." + value.substring("name=".length(), value.indexOf(',')), value);
    } else {
      fields.put(RENAMED.getOrDefault(name, name), value);
    }
  }

  /** Whether a decoded value is what was sent: the same text, or the same number. */
  public static boolean same(String sent, @Nullable String received) {
    if (received == null) {
      return false;
    }
    if (sent.equals(received)) {
      return true;
    }
    String number = sent.endsWith("%") ? sent.substring(0, sent.length() - 1) : sent;
    return number.matches("-?\\d+(\\.\\d+)?")
        && received.matches("-?\\d+(\\.\\d+)?(E-?\\d+)?")
        && new BigDecimal(number).compareTo(new BigDecimal(received)) == 0;
  }
}
