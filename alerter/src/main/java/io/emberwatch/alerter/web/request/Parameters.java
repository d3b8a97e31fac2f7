package io.emberwatch.alerter.web.request;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a query or form. A blank one counts as absent; a name that is not known, a value
 * given twice where one is meant, or one that is not allowed is refused with 422.
 */
public final class Parameters {

  /** Longest value of a filter, in characters: an instance id with long names fits. */
  private static final int MAX_CHARS = 1000;

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Map<String, List<String>> values;

  /**
   * @param values as they came
   * @param known names that are allowed
   */
  public Parameters(Map<String, List<String>> values, Set<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw Refusal.invalid(
            "unknown parameter; known are " + String.join(", ", known.stream().sorted().toList()));
      }
    }
    this.values = values;
  }

  /** Whether the text has the form of an incident's id. */
  public static boolean isIncidentId(String text) {
    return UUID_TEXT.matcher(text).matches();
  }

  /** One value; null when absent. */
  public @Nullable String text(String name) {
    List<String> given = all(name);
    if (given.isEmpty()) {
      return null;
    }
    if (given.size() > 1) {
      throw Refusal.invalid(name + " may be given once");
    }
    String text = given.get(0);
    if (text.length() > MAX_CHARS || text.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.invalid(name + " is too long or has control characters");
    }
    return text;
  }

  /** A whole number within bounds. */
  public int number(String name, int absent, int min, int max) {
    String text = text(name);
    if (text == null) {
      return absent;
    }
    if (text.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw Refusal.invalid(name + " must be a whole number from " + min + " to " + max);
  }

  /** One constant, named in any case; null when absent. */
  public <E extends Enum<E>> @Nullable E constant(String name, Class<E> type) {
    String text = text(name);
    return text == null ? null : constant(name, text, type);
  }

  /** Constants, given by repeating the parameter or with commas; empty when absent. */
  public <E extends Enum<E>> Set<E> constants(String name, Class<E> type) {
    Set<E> constants = EnumSet.noneOf(type);
    for (String value : all(name)) {
      for (String text : value.split(",", -1)) {
        constants.add(constant(name, text.strip(), type));
      }
    }
    return constants;
  }

  /** Id of an incident; null when absent. */
  public @Nullable String incidentId(String name) {
    String text = text(name);
    if (text != null && !isIncidentId(text)) {
      throw Refusal.invalid(name + " is not one that this server gave out");
    }
    return text;
  }

  private List<String> all(String name) {
    return values.getOrDefault(name, List.of()).stream().filter(text -> !text.isBlank()).toList();
  }

  /** UNKNOWN is what an older schema makes of a newer constant, not something to ask for. */
  private static <E extends Enum<E>> E constant(String name, String text, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid(name + " must be one of " + names(type)));
  }

  private static <E extends Enum<E>> String names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
