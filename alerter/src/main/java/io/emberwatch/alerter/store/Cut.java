package io.emberwatch.alerter.store;

import org.jspecify.annotations.Nullable;

/** Cuts text to what a column holds, with a mark that shows it. */
final class Cut {

  private static final String MARK = "…";

  private Cut() {}

  static String to(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int end = chars - MARK.length();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + MARK;
  }

  static @Nullable String toNullable(@Nullable String text, int chars) {
    return text == null ? null : to(text, chars);
  }
}
