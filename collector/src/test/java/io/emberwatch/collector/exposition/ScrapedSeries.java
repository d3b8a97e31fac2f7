package io.emberwatch.collector.exposition;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page in Prometheus' text format as series and values; labels in the order of their names. */
public final class ScrapedSeries {

  private static final Pattern LINE =
      Pattern.compile("(?<name>[a-z_]+)(?:\\{(?<labels>.*)})? (?<value>\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private ScrapedSeries() {}

  /** Values by {@code name{label="value"}}. */
  public static Map<String, Double> of(String page) {
    Map<String, Double> series = new TreeMap<>();
    page.lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(
            line ->
                series.put(
                    line.group("name") + labels(line.group("labels")),
                    Double.valueOf(line.group("value"))));
    return series;
  }

  /** The types of metrics, by name. */
  public static Map<String, String> types(String page) {
    Map<String, String> types = new TreeMap<>();
    page.lines()
        .filter(line -> line.startsWith("# TYPE "))
        .map(line -> line.split(" ", -1))
        .forEach(words -> types.put(words[2], words[3]));
    return types;
  }

  private static String labels(@Nullable String text) {
    TreeSet<String> labels = new TreeSet<>();
    Matcher label = LABEL.matcher(text == null ? "" : text);
    while (label.find()) {
      labels.add(label.group());
    }
    return labels.toString();
  }
}
