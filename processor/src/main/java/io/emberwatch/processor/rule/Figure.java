package io.emberwatch.processor.rule;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values as people read them: {@code 87.5 %}, {@code 11.4 MiB}, {@code 2m 5s}, {@code 120/s}. */
final class Figure {

  private static final Set<String> SHARES =
      Set.of(
          "hit_ratio",
          "mem_util",
          "sys_mem_util",
          "conn_util",
          "over_limit_share",
          "main_cpu",
          "loop_busy",
          "err_rate",
          "ttl_cover",
          "notif_cover");

  private static final Map<String, Unit> SUFFIXES =
      Map.of(
          "_bytes", Unit.BYTES,
          "_seconds", Unit.SECONDS,
          "_secs_est", Unit.SECONDS,
          "_usec", Unit.MICROSECONDS,
          "_rate", Unit.PER_SECOND,
          "_churn", Unit.PER_SECOND);

  private static final List<String> BINARY_PREFIXES = List.of("KiB", "MiB", "GiB", "TiB", "PiB");

  private Figure() {}

  /** Unit that a name's form tells: names say their unit at their end. */
  static Unit unitOf(String name) {
    if (SHARES.contains(name)) {
      return Unit.RATIO;
    }
    return SUFFIXES.entrySet().stream()
        .filter(suffix -> name.endsWith(suffix.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(Unit.NONE);
  }

  /** Text of any value; {@code unknown} for null. */
  static String text(@Nullable Object value, Unit unit) {
    if (value instanceof Number number) {
      return text(number.doubleValue(), unit);
    }
    if (value instanceof List<?> items) {
      return String.join(", ", items.stream().map(String::valueOf).toList());
    }
    return value == null ? "unknown" : String.valueOf(value);
  }

  private static String text(double value, Unit unit) {
    return switch (unit) {
      case RATIO -> plain(value * 100, 1) + " %";
      case BYTES -> bytes(value);
      case SECONDS -> seconds(value);
      case MICROSECONDS -> micros(value);
      case PER_SECOND -> plain(value, 1) + "/s";
      case COUNT, NONE -> plain(value, 2);
    };
  }

  private static String bytes(double bytes) {
    if (Math.abs(bytes) < 1024) {
      return plain(bytes, 0) + " B";
    }
    double scaled = bytes;
    int step = -1;
    while (Math.abs(scaled) >= 1024 && step < BINARY_PREFIXES.size() - 1) {
      scaled /= 1024;
      step++;
    }
    return plain(scaled, 1) + " " + BINARY_PREFIXES.get(step);
  }

  private static String micros(double micros) {
    if (Math.abs(micros) < 1_000) {
      return plain(micros, 0) + " µs";
    }
    return Math.abs(micros) < 1_000_000
        ? plain(micros / 1_000, 1) + " ms"
        : seconds(micros / 1_000_000);
  }

  private static String seconds(double seconds) {
    if (Math.abs(seconds) < 60) {
      return plain(seconds, 1) + " s";
    }
    Duration whole = Duration.ofSeconds(Math.round(seconds));
    if (whole.toDays() > 0) {
      return whole.toDays() + "d " + whole.toHoursPart() + "h";
    }
    return whole.toHours() > 0
        ? whole.toHours() + "h " + whole.toMinutesPart() + "m"
        : whole.toMinutes() + "m " + whole.toSecondsPart() + "s";
  }

  /** At most {@code decimals} decimals, without trailing zeros. */
  private static String plain(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return decimals == 0 ? text : text.replaceAll("\\.?0+$", "");
  }
}
