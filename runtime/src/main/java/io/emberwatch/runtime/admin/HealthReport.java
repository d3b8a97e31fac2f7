package io.emberwatch.runtime.admin;

import io.emberwatch.runtime.lifecycle.Check;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The checks as one answer. A service without a check is not ready: it has not started.
 *
 * @param checks in the order of the service
 */
record HealthReport(List<Check> checks) {

  boolean ready() {
    return !checks.isEmpty() && checks.stream().allMatch(Check::ok);
  }

  /** {@code {"ready":true,"checks":[{"component":..,"ok":..,"detail":..,"since":..}]}}. */
  String toJson() {
    return checks.stream()
        .map(HealthReport::toJson)
        .collect(Collectors.joining(",", "{\"ready\":" + ready() + ",\"checks\":[", "]}"));
  }

  private static String toJson(Check check) {
    return "{\"component\":"
        + quote(check.component())
        + ",\"ok\":"
        + check.ok()
        + ",\"detail\":"
        + quote(check.detail())
        + ",\"since\":"
        + quote(check.since().toString())
        + "}";
  }

  /** A JSON string as RFC 8259 section 7 defines it. */
  static String quote(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20 || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
