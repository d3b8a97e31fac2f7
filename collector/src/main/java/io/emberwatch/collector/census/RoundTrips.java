package io.emberwatch.collector.census;

import java.util.Arrays;

/**
 * Tells from the round trips of PING whether a server has become slow: the median of the last
 * {@value #WINDOW} is twice that of the first, and a millisecond more. Below that the difference is
 * the network's and the scheduler's. Not thread-safe.
 */
final class RoundTrips {

  /** Odd, so that two stray values decide nothing. */
  static final int WINDOW = 5;

  private static final long FLOOR_MICROS = 1_000;

  private final long[] last = new long[WINDOW];
  private int seen;
  private long baselineMicros;
  private long worstMicros;

  /**
   * A server's normal may rise by half from slice to slice, and fall at once: a slice that begins
   * while the server is slow does not take that for normal.
   *
   * @param formerBaselineMicros that of the slice before; 0 if there was none
   */
  RoundTrips(long formerBaselineMicros) {
    this.baselineMicros = formerBaselineMicros;
  }

  /** Takes one round trip; the first {@value #WINDOW} give the baseline. */
  void add(long micros) {
    last[seen % WINDOW] = micros;
    seen++;
    if (seen == WINDOW) {
      long median = median();
      baselineMicros =
          baselineMicros == 0
              ? median
              : Math.min(median, baselineMicros + Math.max(FLOOR_MICROS, baselineMicros) / 2);
    }
    if (seen >= WINDOW) {
      worstMicros = Math.max(worstMicros, median());
    }
  }

  boolean hasBaseline() {
    return seen >= WINDOW;
  }

  /** Whether to leave the server alone. */
  boolean slow() {
    return hasBaseline()
        && median() > 2 * baselineMicros
        && median() - baselineMicros > FLOOR_MICROS;
  }

  long baselineMicros() {
    return baselineMicros;
  }

  /** The longest median; 0 before there was one. */
  long worstMicros() {
    return worstMicros;
  }

  private long median() {
    long[] sorted = last.clone();
    Arrays.sort(sorted);
    return sorted[WINDOW / 2];
  }
}
