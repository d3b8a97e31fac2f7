package io.emberwatch.collector.census;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The minute in which most keys expire, by the algorithm of Misra and Gries ("Finding repeated
 * elements", Science of Computer Programming 2, 1982): {@value #COUNTERS} counters, whatever the
 * number of minutes. A minute's count is never too high, and at most n/{@value #COUNTERS} too low
 * for n keys, so each minute with a larger share is found. Not thread-safe.
 */
final class BusiestMinute {

  static final int COUNTERS = 64;

  /**
   * @param epochMinute minutes since 1970
   * @param keys at least
   */
  record Found(long epochMinute, long keys) {}

  private final Map<Long, Long> counters = new HashMap<>();

  void add(long epochMinute) {
    Long count = counters.get(epochMinute);
    if (count != null || counters.size() < COUNTERS) {
      counters.put(epochMinute, count == null ? 1 : count + 1);
      return;
    }
    counters.replaceAll((minute, kept) -> kept - 1);
    counters.values().removeIf(kept -> kept == 0);
  }

  /** Empty without keys, or when so many minutes have a few each that none stands out. */
  Optional<Found> found() {
    return counters.entrySet().stream()
        .max(Map.Entry.<Long, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> new Found(entry.getKey(), entry.getValue()));
  }
}
