package io.emberwatch.alerter.incident;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule saw and what to do about it.
 *
 * @param value that was judged, in {@code unit}; null when the condition has none
 * @param threshold of the severity, in {@code unit}; null when the condition has none
 * @param unit ratio, bytes, seconds, per_second, count, microseconds, or empty
 * @param summary one line for a person
 * @param remediation what to do
 * @param runbookUrl page with more; null when there is none
 */
public record Finding(
    @Nullable Double value,
    @Nullable Double threshold,
    String unit,
    String summary,
    String remediation,
    @Nullable String runbookUrl,
    List<Figure> evidence) {

  public Finding {
    evidence = List.copyOf(evidence);
  }

  /**
   * One figure of the evidence.
   *
   * @param value null when it is not a number
   * @param text the value with its unit, for people
   */
  public record Figure(String name, @Nullable Double value, String text) {}
}
