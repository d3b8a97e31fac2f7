package io.emberwatch.alerter.web.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An address of a page with its query. */
final class Address {

  private final String path;
  private final Map<String, String> query = new LinkedHashMap<>();

  Address(String path) {
    this.path = path;
  }

  /** With a parameter; a null or empty value leaves it out. */
  Address with(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      query.put(name, value);
    }
    return this;
  }

  String text() {
    return query.isEmpty()
        ? path
        : path
            + query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&", "?", ""));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
