package io.emberwatch.collector.target;

import java.time.Duration;

/**
 * How the keyspace notifications of a target are counted. The server's {@code
 * notify-keyspace-events} is read and never changed.
 *
 * @param separator ends the prefix of a key; one character or more
 * @param maxPrefixes prefixes told apart in a window, beyond which keys count as "other"; 1 to
 *     {@value #MAX_PREFIXES}
 * @param sampledKeys keys drawn at random from each window, 0 to {@value #MAX_SAMPLED_KEYS}; only
 *     with {@link Target#keyNamesAllowed}
 * @param window least length of a window, 1 s or more
 */
public record KeyspaceEvents(String separator, int maxPrefixes, int sampledKeys, Duration window) {

  /** Bounds a window's record: a thousand prefixes with ten events each are some 300 KB. */
  public static final int MAX_PREFIXES = 1_000;

  /** Bounds a window's record: a thousand keys of 256 bytes are 256 KB. */
  public static final int MAX_SAMPLED_KEYS = 1_000;

  /** Colon, 100 prefixes, 20 keys, windows of a second. */
  public static final KeyspaceEvents DEFAULTS =
      new KeyspaceEvents(":", 100, 20, Duration.ofSeconds(1));

  public KeyspaceEvents {
    if (separator.isEmpty()
        || maxPrefixes < 1
        || maxPrefixes > MAX_PREFIXES
        || sampledKeys < 0
        || sampledKeys > MAX_SAMPLED_KEYS
        || window.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "separator=%s maxPrefixes=%d sampledKeys=%d window=%s"
              .formatted(separator, maxPrefixes, sampledKeys, window));
    }
  }
}
