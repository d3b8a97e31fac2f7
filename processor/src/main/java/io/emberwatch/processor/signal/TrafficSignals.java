package io.emberwatch.processor.signal;

import io.emberwatch.processor.state.Counters;
import io.emberwatch.schemas.Signals;
import org.jspecify.annotations.Nullable;

/** Commands, look-ups and bytes over the interval between two samples. Source: INFO stats. */
final class TrafficSignals {

  /**
   * Look-ups below which a ratio says nothing: at 100 one look-up still moves it by one percent.
   */
  static final long MIN_LOOKUPS = 100;

  private TrafficSignals() {}

  static void write(PairedSample seen, Signals into) {
    into.setOpsRate(seen.rate(Counters::getCommands));
    into.setHitRatio(
        hitRatio(seen.delta(Counters::getKeyspaceHits), seen.delta(Counters::getKeyspaceMisses)));
    into.setNetInRate(seen.rate(Counters::getNetInputBytes));
    into.setNetOutRate(seen.rate(Counters::getNetOutputBytes));
  }

  /** {@code hits/(hits+misses)}, 0 to 1, of the interval. Null: below 100 look-ups, or unknown. */
  static @Nullable Double hitRatio(@Nullable Long hits, @Nullable Long misses) {
    if (hits == null || misses == null || hits + misses < MIN_LOOKUPS) {
      return null;
    }
    return hits.doubleValue() / (hits + misses);
  }
}
