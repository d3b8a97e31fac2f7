package io.emberwatch.collector.target;

import java.time.Duration;

/**
 * How the keyspace notifications of a target are counted. The server's {@code
 * notify-keyspace-events} is read and never changed.
 *
 * @param prefixes how keys are told apart
 * @param sampledKeys keys drawn at random from each window, 0 to {@value #MAX_SAMPLED_KEYS}
 * @param naming form of these
 * @param window least length of a window, 1 s or more
 */
public record KeyspaceEvents(
    PrefixRules prefixes, int sampledKeys, KeyNaming naming, Duration window) {

  /** Bounds a window's record: a thousand keys of 256 bytes are 256 KB. */
  public static final int MAX_SAMPLED_KEYS = 1_000;

  /** Default prefixes, 20 keys, whose names are dropped, windows of a second. */
  public static final KeyspaceEvents DEFAULTS =
      new KeyspaceEvents(PrefixRules.DEFAULTS, 20, KeyNaming.DROPPED, Duration.ofSeconds(1));

  public KeyspaceEvents {
    if (sampledKeys < 0
        || sampledKeys > MAX_SAMPLED_KEYS
        || window.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("sampledKeys=%d window=%s".formatted(sampledKeys, window));
    }
  }

  /** These settings with another form of the names. */
  public KeyspaceEvents with(KeyNaming other) {
    return new KeyspaceEvents(prefixes, sampledKeys, other, window);
  }
}
