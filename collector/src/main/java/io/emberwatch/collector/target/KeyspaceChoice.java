package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigReader;
import java.time.Duration;
import java.util.Optional;

/**
 * The section {@code keyspace-events} of one level; off until a level says {@code enabled: true}.
 */
public record KeyspaceChoice(boolean enabled, KeyspaceEvents settings) {

  static final KeyspaceChoice OFF = new KeyspaceChoice(false, KeyspaceEvents.DEFAULTS);

  /** Shorter windows would publish more than one record a second for each target. */
  private static final Duration MIN_WINDOW = Duration.ofSeconds(1);

  private static final Duration MAX_WINDOW = Duration.ofMinutes(1);
  private static final int MAX_SEPARATOR_LENGTH = 8;

  static KeyspaceChoice read(ConfigReader node, KeyspaceChoice above) {
    Optional<ConfigReader> section = node.optionalSection("keyspace-events");
    if (section.isEmpty()) {
      return above;
    }
    ConfigReader events = section.get();
    KeyspaceEvents settings =
        new KeyspaceEvents(
            separator(events, above.settings.separator()),
            (int)
                events.integer(
                    "max-prefixes", 1, KeyspaceEvents.MAX_PREFIXES, above.settings.maxPrefixes()),
            (int)
                events.integer(
                    "sampled-keys",
                    0,
                    KeyspaceEvents.MAX_SAMPLED_KEYS,
                    above.settings.sampledKeys()),
            events.duration("window", MIN_WINDOW, MAX_WINDOW, above.settings.window()));
    return new KeyspaceChoice(events.bool("enabled", above.enabled), settings);
  }

  /** Letters and digits would cut keys within words, and could make a prefix look like "other". */
  private static String separator(ConfigReader events, String above) {
    String text = events.string("prefix-separator", above);
    if (text.isEmpty()
        || text.length() > MAX_SEPARATOR_LENGTH
        || text.chars().anyMatch(Character::isLetterOrDigit)) {
      events.problem(
          "prefix-separator",
          "expected 1 to " + MAX_SEPARATOR_LENGTH + " characters that are no letters or digits");
      return above;
    }
    return text;
  }
}
