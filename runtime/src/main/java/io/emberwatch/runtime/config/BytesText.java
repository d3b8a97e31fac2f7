package io.emberwatch.runtime.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as people write them: {@code 64MB} is 64,000,000 and {@code 10KiB} is 10,240, as SI and IEC
 * define the units. A number without a unit is bytes.
 */
public final class BytesText {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)\\s*([a-z]*)");

  private static final Map<String, Long> UNITS =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("b", 1L),
          Map.entry("kb", 1_000L),
          Map.entry("mb", 1_000_000L),
          Map.entry("gb", 1_000_000_000L),
          Map.entry("tb", 1_000_000_000_000L),
          Map.entry("kib", 1L << 10),
          Map.entry("mib", 1L << 20),
          Map.entry("gib", 1L << 30),
          Map.entry("tib", 1L << 40));

  private static final List<String> BINARY = List.of("TiB", "GiB", "MiB", "KiB");
  private static final List<String> DECIMAL = List.of("TB", "GB", "MB", "KB");

  private BytesText() {}

  /**
   * Bytes, 0 or more; empty when the text is no size, is no whole number of bytes, or overflows.
   */
  public static OptionalLong parse(String text) {
    Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    Long unit = UNITS.get(matcher.group(2));
    if (unit == null) {
      return OptionalLong.empty();
    }
    try {
      BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
      return OptionalLong.of(bytes.longValueExact());
    } catch (ArithmeticException notWholeOrTooLarge) {
      return OptionalLong.empty();
    }
  }

  /**
   * The largest unit that leaves a whole number: 1048576 is {@code 1MiB}, 1500 is {@code 1500B}.
   */
  public static String format(long bytes) {
    for (List<String> family : List.of(BINARY, DECIMAL)) {
      for (String unit : family) {
        long size = UNITS.getOrDefault(unit.toLowerCase(Locale.ROOT), 1L);
        if (bytes >= size && bytes % size == 0) {
          return bytes / size + unit;
        }
      }
    }
    return bytes + "B";
  }
}
