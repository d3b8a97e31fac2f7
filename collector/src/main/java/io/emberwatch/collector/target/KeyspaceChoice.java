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

  static KeyspaceChoice read(ConfigReader node, KeyNaming naming, KeyspaceChoice above) {
    Optional<ConfigReader> section = node.optionalSection("keyspace-events");
    if (section.isEmpty()) {
      return new KeyspaceChoice(above.enabled, above.settings.with(naming));
    }
    ConfigReader events = section.get();
    KeyspaceEvents settings =
        new KeyspaceEvents(
            PrefixRules.read(events, above.settings.prefixes()),
            (int)
                events.integer(
                    "sampled-keys",
                    0,
                    KeyspaceEvents.MAX_SAMPLED_KEYS,
                    above.settings.sampledKeys()),
            naming,
            events.duration("window", MIN_WINDOW, MAX_WINDOW, above.settings.window()));
    return new KeyspaceChoice(events.bool("enabled", above.enabled), settings);
  }
}
