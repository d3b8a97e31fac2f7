package io.emberwatch.collector.info;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decimal numbers read from ASCII without a String in between: an INFO reply holds some 150 of them
 * and is read every poll.
 */
final class Numbers {

  /** 10^0 to 10^22, the powers of ten that a double holds exactly. */
  private static final double[] EXACT_POWERS = exactPowers();

  /** Largest integer up to which every integer is a double. */
  private static final long EXACT_INTEGER = 1L << 53;

  /** No number Redis prints is longer; a longer one is text. */
  private static final int MAX_LENGTH = 64;

  private Numbers() {}

  /** The signed 64-bit integer in {@code text[from, to)}, or null. */
  static @Nullable Long parseLong(byte[] text, int from, int to) {
    boolean negative = from < to && text[from] == '-';
    int start = negative ? from + 1 : from;
    if (start >= to || to - start > MAX_LENGTH) {
      return null;
    }
    long value = 0;
    for (int i = start; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
        return null;
      }
      // Counted downwards, since Long.MIN_VALUE has no positive counterpart.
      value = value * 10 - digit;
    }
    if (negative) {
      return value;
    }
    return value == Long.MIN_VALUE ? null : Long.valueOf(-value);
  }

  /**
   * The decimal in {@code text[from, to)} times 10^{@code decimals}, or null; a text with more
   * decimals is not read, since digits would be lost.
   */
  static @Nullable Long parseScaled(byte[] text, int from, int to, int decimals) {
    boolean negative = from < to && text[from] == '-';
    int start = negative ? from + 1 : from;
    int point = InfoDraft.indexOf(text, start, to, '.');
    int fraction = point < 0 ? 0 : to - point - 1;
    if (start >= to || point == start || point == to - 1 || fraction > decimals) {
      return null;
    }
    long value = 0;
    for (int i = start; i < to + decimals - fraction; i++) {
      int digit = i < to ? text[i] - '0' : 0;
      if (i != point && (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10)) {
        return null;
      }
      value = i == point ? value : value * 10 + digit;
    }
    return negative ? -value : value;
  }

  /** As {@link #parseLong}, for a number that must be 0 to {@link Integer#MAX_VALUE}; else -1. */
  static int parseIndex(byte[] text, int from, int to) {
    Long value = parseLong(text, from, to);
    return value == null || value < 0 || value > Integer.MAX_VALUE ? -1 : value.intValue();
  }

  /**
   * The finite decimal in {@code text[from, to)}, with or without a final percent sign, or null.
   * The nearest double, as {@link Double#parseDouble} gives: a mantissa below 2^53 divided by an
   * exact power of ten is rounded once only; anything else takes the slow way.
   */
  static @Nullable Double parseDouble(byte[] text, int from, int to) {
    int end = to > from && text[to - 1] == '%' ? to - 1 : to;
    boolean negative = from < end && text[from] == '-';
    int start = negative ? from + 1 : from;
    if (start >= end || end - start > MAX_LENGTH) {
      return null;
    }
    long mantissa = 0;
    int point = -1;
    for (int i = start; i < end; i++) {
      int digit = text[i] - '0';
      if (text[i] == '.' && point < 0) {
        point = i;
      } else if (digit < 0 || digit > 9 || mantissa >= EXACT_INTEGER / 10) {
        return parseSlowly(text, from, end);
      } else {
        mantissa = mantissa * 10 + digit;
      }
    }
    int fraction = point < 0 ? 0 : end - point - 1;
    if (fraction >= EXACT_POWERS.length || (end - start == 1 && point >= 0)) {
      return parseSlowly(text, from, end);
    }
    double value = mantissa / EXACT_POWERS[fraction];
    return negative ? -value : value;
  }

  private static @Nullable Double parseSlowly(byte[] text, int from, int end) {
    for (int i = from; i < end; i++) {
      boolean digit = text[i] >= '0' && text[i] <= '9';
      if (!digit && "+-.eE".indexOf(text[i]) < 0) {
        return null;
      }
    }
    try {
      double value =
          Double.parseDouble(new String(text, from, end - from, StandardCharsets.US_ASCII));
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  private static double[] exactPowers() {
    double[] powers = new double[23];
    double power = 1;
    for (int i = 0; i < powers.length; i++) {
      powers[i] = power;
      power *= 10;
    }
    return powers;
  }
}
