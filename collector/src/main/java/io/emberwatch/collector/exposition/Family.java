package io.emberwatch.collector.exposition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One metric with its series, in Prometheus' text format 0.0.4. Written by hand, since the client
 * libraries give counters a suffix that redis_exporter's do not all have.
 */
final class Family {

  /** Begins every name; the exporter's own default. */
  static final String PREFIX = "redis_";

  /** Types that the exporter uses. */
  enum Type {
    GAUGE,
    COUNTER,
    SUMMARY
  }

  private final String name;
  private final Type type;
  private final List<String> lines = new ArrayList<>();

  Family(String name, Type type) {
    this.name = name;
    this.type = type;
  }

  /**
   * Adds a series.
   *
   * @param suffix of a summary's parts: {@code _sum}, {@code _count}; else empty
   * @param labels in their order
   */
  void add(String suffix, Map<String, String> labels, double value) {
    StringBuilder line = new StringBuilder(name).append(suffix);
    if (!labels.isEmpty()) {
      char before = '{';
      for (Map.Entry<String, String> label : labels.entrySet()) {
        line.append(before).append(label.getKey()).append("=\"");
        line.append(escaped(label.getValue())).append('"');
        before = ',';
      }
      line.append('}');
    }
    lines.add(line.append(' ').append(text(value)).toString());
  }

  /** Appends the family with its head. */
  void appendTo(StringBuilder page) {
    String kind = type.name().toLowerCase(Locale.ROOT);
    page.append("# TYPE ").append(name).append(' ').append(kind).append('\n');
    lines.forEach(line -> page.append(line).append('\n'));
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** A server may have chosen the text. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
