package io.emberwatch.processor.rate;

/**
 * Key of an open window in its store. Its text sorts by start, so that closed windows are found by
 * a range scan that touches no open one.
 *
 * @param startMillis start of the window, epoch milliseconds, 0 or more
 */
public record WindowKey(long startMillis, String instanceId) {

  /** Enough for the year 2286. */
  private static final int DIGITS = 13;

  /** {@code 1700000060000/instance id}, the start in 13 digits. */
  public String text() {
    return prefix(startMillis) + "/" + instanceId;
  }

  /** Reads {@link #text}. */
  public static WindowKey parse(String text) {
    return new WindowKey(Long.parseLong(text.substring(0, DIGITS)), text.substring(DIGITS + 1));
  }

  /** Upper bound of the texts of all windows that start no later than this. */
  public static String upTo(long startMillis) {
    return prefix(startMillis + 1);
  }

  private static String prefix(long startMillis) {
    String digits = Long.toString(startMillis);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }
}
