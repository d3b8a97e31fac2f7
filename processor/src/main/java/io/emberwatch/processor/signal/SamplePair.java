package io.emberwatch.processor.signal;

import io.emberwatch.processor.state.Counters;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Two samples of one run of a server, fit to take deltas from: {@link Pairing} has refused
 * restarts, resets, gaps and samples too close together.
 *
 * @param seconds between the two (dt), above 0
 */
record SamplePair(Counters before, Counters after, double seconds) {

  /** Growth of a counter, 0 or more. Null: unknown on either side. */
  @Nullable Long delta(Function<Counters, @Nullable Long> counter) {
    return CounterDelta.of(counter.apply(before), counter.apply(after));
  }

  /** Growth per second, 0 or more. Null: as above. */
  @Nullable Double rate(Function<Counters, @Nullable Long> counter) {
    Long delta = delta(counter);
    return delta == null ? null : (Double) (delta / seconds);
  }

  /** Growth of a counter with a fraction, per second, 0 or more. Null: as above. */
  @Nullable Double fractionRate(Function<Counters, @Nullable Double> counter) {
    Double delta = CounterDelta.of(counter.apply(before), counter.apply(after));
    return delta == null ? null : (Double) (delta / seconds);
  }
}
