package io.emberwatch.processor.rule;

import io.emberwatch.processor.state.WindowSlice;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A sum over a sliding window of event time, usable as a value of its rule: "restarts in an hour".
 *
 * <p>The window is kept as at most {@value #SLICES} + 1 slices, so it is up to 1/{@value #SLICES}
 * longer than asked for: memory is bounded by 16 bytes a slice, whatever the rate of observations.
 * Slices without events are not kept.
 *
 * @param name of the sum
 * @param of the value that is summed: a number, or a boolean that counts 1 when true
 * @param within length of the window, above 0
 */
record EventCount(String name, String of, Duration within) {

  /** 60: an hour in minutes, a minute in seconds; finer than any poll interval that matters. */
  static final int SLICES = 60;

  EventCount {
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("a window has a length");
    }
  }

  EventCount scaled(double factor) {
    return new EventCount(name, of, Level.scaled(within, factor));
  }

  /** The window after {@code increment} more events at {@code at}. */
  List<WindowSlice> add(List<WindowSlice> window, double increment, Instant at) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, at);
    long width = Math.max(1, within.toNanos() / 1_000 / SLICES);
    long oldest = now - within.toNanos() / 1_000;
    long current = Math.floorDiv(now, width) * width;
    List<WindowSlice> kept = new ArrayList<>();
    double sum = increment;
    for (WindowSlice slice : window) {
      if (slice.getStartMicros() == current) {
        sum += slice.getSum();
      } else if (slice.getStartMicros() + width > oldest) {
        kept.add(slice);
      }
    }
    if (sum > 0) {
      kept.add(new WindowSlice(current, sum));
    }
    return kept;
  }

  static double total(List<WindowSlice> window) {
    double total = 0;
    for (WindowSlice slice : window) {
      total += slice.getSum();
    }
    return total;
  }
}
