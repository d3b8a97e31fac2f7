package io.emberwatch.alerter.web.page;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as a person reads them: three digits that count, and a unit. What is not known, or not a
 * number, is {@value #NOTHING}.
 */
public final class Figures {

  /** Stands where there is no value. */
  public static final String NOTHING = "–";

  private static final List<String> BINARY = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");
  private static final List<String> DECIMAL = List.of("", "k", "M", "G", "T");

  private Figures() {}

  /** Bytes in powers of 1024, as Redis counts them: {@code 1.5 GiB}. */
  public static String bytes(@Nullable Number bytes) {
    return scaled(value(bytes), 1024, BINARY);
  }

  /** A count: {@code 950}, {@code 12.3 k}. */
  public static String count(@Nullable Number count) {
    return scaled(value(count), 1000, DECIMAL);
  }

  /** Something per second: {@code 12.3 k/s}. */
  public static String rate(@Nullable Number perSecond) {
    return Double.isFinite(value(perSecond)) ? count(perSecond) + "/s" : NOTHING;
  }

  /** A ratio of 0 to 1 as {@code 96.1 %}; 99.97 stays under 100. */
  public static String percent(@Nullable Number ratio) {
    double percent = value(ratio) * 100;
    if (!Double.isFinite(percent)) {
      return NOTHING;
    }
    boolean nearlyAll = percent < 100 && percent >= 99.95;
    return number(percent, nearlyAll ? 2 : 1) + " %";
  }

  /** A value with the unit that a rule gives it. */
  public static String of(@Nullable Double amount, String unit) {
    double value = value(amount);
    if (!Double.isFinite(value)) {
      return NOTHING;
    }
    return switch (unit) {
      case "ratio" -> percent(value);
      case "bytes" -> bytes(value);
      case "per_second" -> rate(value);
      case "seconds" -> Times.length(value);
      case "microseconds" -> Times.length(value / 1e6);
      case "count" -> count(value);
      default -> (count(value) + " " + unit).strip();
    };
  }

  /** NaN for what is not known. */
  private static double value(@Nullable Number number) {
    return number == null ? Double.NaN : number.doubleValue();
  }

  private static String scaled(double value, double base, List<String> units) {
    if (!Double.isFinite(value)) {
      return NOTHING;
    }
    int power = 0;
    double rest = value;
    // 999.5 would round up to 1000 of this unit, so it moves on to the next.
    while (Math.abs(rest) >= base - 0.5 && power < units.size() - 1) {
      rest /= base;
      power++;
    }
    boolean whole = power == 0 && rest == Math.rint(rest);
    int digits = whole || Math.abs(rest) >= 99.95 ? 0 : 1;
    if (power == 0 && !whole && Math.abs(rest) < 1) {
      digits = 2;
    }
    return (number(rest, digits) + " " + units.get(power)).strip();
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value + 0.0);
  }
}
