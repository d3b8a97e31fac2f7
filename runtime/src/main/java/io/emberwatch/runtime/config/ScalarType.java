package io.emberwatch.runtime.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of one value becomes a typed value.
 *
 * @param expected completes "expected ...": the type, the allowed range and an example
 * @param parser empty when the text is not allowed
 * @param placeholder returned in place of a missing or faulty value, so that reading can go on
 */
record ScalarType<T>(String expected, Function<String, Optional<T>> parser, T placeholder) {

  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,19}");

  static ScalarType<String> string() {
    return new ScalarType<>("a text", Optional::of, "");
  }

  static ScalarType<Boolean> bool() {
    return new ScalarType<>("true or false", ScalarType::parseBool, false);
  }

  static ScalarType<Long> integer(long min, long max) {
    String expected = "a whole number from " + min + " to " + max + ", such as " + min;
    return new ScalarType<>(
        expected, text -> parseWhole(text).filter(n -> n >= min && n <= max), min);
  }

  static ScalarType<Double> number(double min, double max) {
    String expected = "a number from " + min + " to " + max + ", such as " + min;
    return new ScalarType<>(
        expected, text -> parseNumber(text).filter(n -> n >= min && n <= max), min);
  }

  static ScalarType<Duration> duration(Duration min, Duration max) {
    String low = DurationText.format(min);
    String high = DurationText.format(max);
    return new ScalarType<>(
        "a duration from " + low + " to " + high + ", such as 500ms, 15s or 1h30m",
        text ->
            DurationText.parse(text).filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0),
        min);
  }

  static ScalarType<Long> bytes(long min, long max) {
    String range = BytesText.format(min) + " to " + BytesText.format(max);
    return new ScalarType<>(
        "a size from " + range + ", such as 64MB or 10KiB",
        text -> parseBytes(text).filter(n -> n >= min && n <= max),
        min);
  }

  static <E extends Enum<E>> ScalarType<E> choice(Class<E> type) {
    E[] constants = type.getEnumConstants();
    String names = Arrays.stream(constants).map(ScalarType::name).collect(Collectors.joining(", "));
    return new ScalarType<>(
        "one of " + names,
        text ->
            Arrays.stream(constants)
                .filter(constant -> name(constant).equals(name(text)))
                .findFirst(),
        constants[0]);
  }

  private static String name(Object constant) {
    return constant.toString().strip().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String name(Enum<?> constant) {
    return name((Object) constant.name());
  }

  private static Optional<Boolean> parseBool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Long> parseWhole(String text) {
    try {
      String digits = text.replace("_", "");
      return WHOLE.matcher(digits).matches()
          ? Optional.of(Long.parseLong(digits))
          : Optional.empty();
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  private static Optional<Double> parseNumber(String text) {
    try {
      double value = Double.parseDouble(text.replace("_", ""));
      return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<Long> parseBytes(String text) {
    return BytesText.parse(text).stream().boxed().findFirst();
  }
}
