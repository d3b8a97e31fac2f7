package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigReader;
import java.time.Duration;

/**
 * How the keys of a target are looked at, a slice at a time, and what that may cost its server.
 *
 * @param keysPerSecond looked at, 1 to 10000
 * @param busyPerSecond of the server's time, by round trips, 1 ms to 500 ms
 * @param interval between the starts of two slices, 1 s or more
 * @param slice longest time of one slice, at most the interval
 * @param pass longest time of one pass over all keys; then counting begins anew
 * @param biggest keys told as the biggest of all, 0 to {@value #MAX_BIGGEST}
 * @param hotKeys keys told as those with most CPU time, and as those with most traffic, 0 to
 *     {@value #MAX_HOT_KEYS}; with 0 the server is not asked
 * @param prefixes how keys are told apart
 * @param naming form of the names of keys
 */
public record KeyCensus(
    int keysPerSecond,
    Duration busyPerSecond,
    Duration interval,
    Duration slice,
    Duration pass,
    int biggest,
    int hotKeys,
    PrefixRules prefixes,
    KeyNaming naming) {

  /** Bounds a record: a hundred names of 256 bytes. */
  public static final int MAX_BIGGEST = 100;

  /** HOTKEYS START takes no more. */
  public static final int MAX_HOT_KEYS = 64;

  // Before DEFAULTS, which is checked against it.
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** 200 keys and 20 ms a second for a minute of every five, passes of six hours, no hot keys. */
  public static final KeyCensus DEFAULTS =
      new KeyCensus(
          200,
          Duration.ofMillis(20),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofHours(6),
          20,
          0,
          PrefixRules.DEFAULTS,
          KeyNaming.DROPPED);

  public KeyCensus {
    if (keysPerSecond < 1
        || busyPerSecond.toMillis() < 1
        || interval.compareTo(SECOND) < 0
        || slice.compareTo(interval) > 0
        || biggest < 0
        || biggest > MAX_BIGGEST
        || hotKeys < 0
        || hotKeys > MAX_HOT_KEYS) {
      throw new IllegalArgumentException(
          "keysPerSecond=%d busyPerSecond=%s interval=%s slice=%s biggest=%d hotKeys=%d"
              .formatted(keysPerSecond, busyPerSecond, interval, slice, biggest, hotKeys));
    }
  }

  /** These settings with those that other sections decide on. */
  KeyCensus with(PrefixRules otherPrefixes, KeyNaming otherNaming) {
    return new KeyCensus(
        keysPerSecond,
        busyPerSecond,
        interval,
        slice,
        pass,
        biggest,
        hotKeys,
        otherPrefixes,
        otherNaming);
  }

  /** These settings with so many hot keys. */
  public KeyCensus withHotKeys(int howMany) {
    return new KeyCensus(
        keysPerSecond, busyPerSecond, interval, slice, pass, biggest, howMany, prefixes, naming);
  }

  static KeyCensus read(ConfigReader node, KeyCensus above) {
    Duration interval = node.duration("interval", SECOND, DAY, above.interval);
    Duration slice = node.duration("slice", SECOND, DAY, above.slice);
    if (slice.compareTo(interval) > 0) {
      if (node.has("slice")) {
        node.problem("slice", "a slice is no longer than the interval");
      }
      slice = interval;
    }
    return new KeyCensus(
        (int) node.integer("keys-per-second", 1, 10_000, above.keysPerSecond),
        Duration.ofMillis(
            node.integer("millis-per-second", 1, 500, above.busyPerSecond.toMillis())),
        interval,
        slice,
        node.duration("pass", SECOND, DAY.multipliedBy(30), above.pass),
        (int) node.integer("biggest", 0, MAX_BIGGEST, above.biggest),
        (int) node.integer("hot-keys", 0, MAX_HOT_KEYS, above.hotKeys),
        above.prefixes,
        above.naming);
  }
}
