package io.emberwatch.alerter.web.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and lengths of time as a person reads them. */
public final class Times {

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  /** A point in time, for a {@code time} element. */
  public record Moment(String iso, String utc, String ago) {}

  /** A moment as seen at now. */
  public static Moment moment(Instant at, Instant now) {
    return new Moment(at.toString(), utc(at), ago(at, now));
  }

  /** {@code 2026-01-05 10:00:00 UTC}. */
  public static String utc(Instant at) {
    return UTC.format(at);
  }

  /** {@code 12 s ago}; clocks may differ, so the near future is now. */
  public static String ago(Instant at, Instant now) {
    Duration age = Duration.between(at, now);
    if (age.compareTo(Duration.ofMinutes(-1)) < 0) {
      return "in " + length(age.negated());
    }
    return age.compareTo(Duration.ofSeconds(1)) < 0 ? "now" : length(age) + " ago";
  }

  /**
   * The two largest units: {@code 12 s}, {@code 3 min 20 s}, {@code 5 h 2 min}, {@code 3 d 4 h}.
   */
  public static String length(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return two(seconds / 60, "min", seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
    }
    return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  /** A length in seconds, down to microseconds: {@code 350 µs}, {@code 12.5 ms}, {@code 1.2 s}. */
  static String length(double seconds) {
    double size = Math.abs(seconds);
    if (size >= 60) {
      return (seconds < 0 ? "-" : "") + length(Duration.ofMillis(Math.round(size * 1000)));
    }
    if (size >= 1 || size == 0) {
      return Figures.count(seconds) + " s";
    }
    if (size >= 1e-3) {
      return Figures.count(Math.rint(seconds * 1e4) / 10) + " ms";
    }
    return Figures.count(Math.rint(seconds * 1e7) / 10) + " µs";
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    String first = large + " " + largeUnit;
    return small == 0 ? first : first + " " + small + " " + smallUnit;
  }
}
