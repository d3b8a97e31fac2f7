package io.emberwatch.processor.signal;

import org.jspecify.annotations.Nullable;

/**
 * Growth of a cumulative counter between two samples: {@code after - before}. It is null when
 * either side is unknown, and when the counter fell, since then it was reset in between and what it
 * counted before is lost. So a delta is never negative. O(1), no state.
 */
final class CounterDelta {

  private CounterDelta() {}

  static @Nullable Long of(@Nullable Long before, @Nullable Long after) {
    return before == null || after == null || after < before ? null : (Long) (after - before);
  }

  /** As above for counters with a fraction, such as CPU seconds. */
  static @Nullable Double of(@Nullable Double before, @Nullable Double after) {
    return before == null || after == null || after < before ? null : (Double) (after - before);
  }

  /** The counter is known on both sides and fell. */
  static boolean fell(@Nullable Long before, @Nullable Long after) {
    return before != null && after != null && after < before;
  }
}
