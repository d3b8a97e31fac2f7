package io.emberwatch.runtime.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 15s}, {@code 1h30m}, or ISO-8601. */
public final class DurationText {

  private static final Pattern PART = Pattern.compile("(\\d{1,18})(ns|us|µs|ms|s|m|h|d)");

  private static final Map<String, Duration> UNITS =
      Map.of(
          "ns", Duration.ofNanos(1),
          "us", Duration.ofNanos(1_000),
          "µs", Duration.ofNanos(1_000),
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private DurationText() {}

  /**
   * Reads whole numbers with a unit (ns, us, ms, s, m, h, d), one or several in a row, or ISO-8601
   * such as {@code PT15S}. A bare {@code 0} is zero; any other number without a unit is refused.
   *
   * @return empty when the text is not a duration or overflows
   */
  public static Optional<Duration> parse(String text) {
    String trimmed = text.strip().toLowerCase(Locale.ROOT);
    try {
      if (trimmed.equals("0")) {
        return Optional.of(Duration.ZERO);
      }
      if (trimmed.startsWith("p") || trimmed.startsWith("-p")) {
        return Optional.of(Duration.parse(trimmed));
      }
      return parts(trimmed);
    } catch (DateTimeParseException | ArithmeticException notADuration) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> parts(String text) {
    Matcher matcher = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
      sum = sum.plus(unit.multipliedBy(Long.parseLong(matcher.group(1))));
      end = matcher.end();
    }
    return end == text.length() && end > 0 ? Optional.of(sum) : Optional.empty();
  }

  /** The shortest text that {@link #parse} reads back as the same; ISO-8601 when negative. */
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      return duration.toString();
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toDaysPart(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    append(text, duration.toNanosPart() % 1_000_000, "ns");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long count, String unit) {
    if (count > 0) {
      text.append(count).append(unit);
    }
  }
}
