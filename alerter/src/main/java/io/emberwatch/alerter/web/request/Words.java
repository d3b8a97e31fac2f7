package io.emberwatch.alerter.web.request;

import io.emberwatch.alerter.ledger.Incidents;
import org.jspecify.annotations.Nullable;

/** Texts that people write into the record; what cannot be kept is refused with 422. */
public final class Words {

  private Words() {}

  /** Who asks: required, one line. */
  public static String actor(@Nullable String text) {
    String actor = required("actor", text, Incidents.MAX_ACTOR);
    if (actor.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.invalid("actor must be one line without control characters");
    }
    return actor;
  }

  /** What is said: required, lines are kept. */
  public static String text(String name, @Nullable String text) {
    return required(name, text, Incidents.MAX_TEXT);
  }

  /** What is said; null when nothing is. */
  public static @Nullable String optionalText(String name, @Nullable String text) {
    return text == null || text.isBlank() ? null : text(name, text);
  }

  private static String required(String name, @Nullable String text, int maxChars) {
    String stripped = text == null ? "" : text.strip();
    if (stripped.isEmpty() || stripped.length() > maxChars) {
      throw Refusal.invalid(name + " must have 1 to " + maxChars + " characters");
    }
    if (stripped.chars().anyMatch(Words::unkept)) {
      throw Refusal.invalid(name + " has control characters");
    }
    return stripped;
  }

  private static boolean unkept(int character) {
    return Character.isISOControl(character)
        && character != '\n'
        && character != '\r'
        && character != '\t';
  }
}
