package io.emberwatch.alerter.web.page;

import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.HealthState;
import io.emberwatch.schemas.IncidentStatus;
import io.emberwatch.schemas.Severity;
import java.util.Locale;

/** Constants as words for people. */
final class Labels {

  private Labels() {}

  /**
   * A word that also has a shape, so that it is never told by colour alone.
   *
   * @param tone class of the style sheet: {@code strong}, {@code mild}, {@code quiet}
   * @param glyph a shape of its own for each word
   */
  record Badge(String tone, String glyph, String text) {}

  static Badge severity(Severity severity) {
    return severity == Severity.CRITICAL
        ? new Badge("strong", "▲", "Critical")
        : new Badge("mild", "△", "Warning");
  }

  static Badge state(HealthState state) {
    return switch (state) {
      case SILENT -> new Badge("strong", "◌", "Silent");
      case DOWN -> new Badge("strong", "✕", "Down");
      case CRITICAL -> new Badge("strong", "▲", "Critical");
      case WARNING -> new Badge("mild", "△", "Warning");
      case UNKNOWN -> new Badge("quiet", "?", "Unknown");
      case HEALTHY -> new Badge("quiet", "✓", "Healthy");
    };
  }

  static Badge status(IncidentStatus status) {
    return switch (status) {
      case OPEN -> new Badge("plain", "○", "Held");
      case TRIGGERED -> new Badge("plain", "●", "Triggered");
      case ACKNOWLEDGED -> new Badge("plain", "◐", "Acknowledged");
      case RESOLVED -> new Badge("quiet", "✓", "Resolved");
      case UNKNOWN -> new Badge("quiet", "?", "Unknown");
    };
  }

  static String cause(CauseClass cause) {
    return switch (cause) {
      case MEMORY -> "Memory pressure";
      case NETWORK -> "Network and connections";
      case CPU -> "CPU and commands";
      case PERSISTENCE -> "Persistence";
      case AVAILABILITY -> "Availability";
      case REPLICATION -> "Replication and cluster";
      case SECURITY -> "Security";
      case PIPELINE -> "Monitoring pipeline";
      case UNKNOWN -> "Cause not known";
    };
  }

  /** {@code SEVERITY_RAISED} as {@code Severity raised}. */
  static String sentence(Enum<?> constant) {
    String words = constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** {@code 1 alert}, {@code 3 alerts}. */
  static String number(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
