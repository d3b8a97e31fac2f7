package io.emberwatch.runtime.logging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Lets one line per key and window through and counts the rest, so that a fault of a thousand
 * servers, or one that repeats each second, stays readable. The next line that passes is told how
 * many were suppressed. Remembers the {@value #MAX_KEYS} keys last logged. Thread-safe; the line is
 * written outside the lock.
 */
public final class LogThrottle {

  /** A key for each server of a large fleet; bounds the memory when keys are unbounded. */
  static final int MAX_KEYS = 10_000;

  private final Duration window;
  private final Clock clock;
  private final Map<String, State> states = new LinkedHashMap<>();
  private long suppressedTotal;

  public LogThrottle(Duration window, Clock clock) {
    this.window = window;
    this.clock = clock;
  }

  /**
   * Calls {@code line} with the number suppressed for this key since its last line, unless that
   * line is younger than the window.
   */
  public void log(String key, LongConsumer line) {
    long suppressed = admit(key);
    if (suppressed >= 0) {
      line.accept(suppressed);
    }
  }

  /** All lines suppressed so far, for a metric. */
  public synchronized long suppressedTotal() {
    return suppressedTotal;
  }

  private synchronized long admit(String key) {
    Instant now = clock.instant();
    State state = states.get(key);
    if (state != null && now.isBefore(state.until)) {
      states.put(key, new State(state.until, state.suppressed + 1));
      suppressedTotal++;
      return -1;
    }
    states.remove(key);
    states.put(key, new State(now.plus(window), 0));
    if (states.size() > MAX_KEYS) {
      states.remove(states.keySet().iterator().next());
    }
    return state == null ? 0 : state.suppressed;
  }

  private record State(Instant until, long suppressed) {}
}
