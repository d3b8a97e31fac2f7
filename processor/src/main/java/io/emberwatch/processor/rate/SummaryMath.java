package io.emberwatch.processor.rate;

import io.emberwatch.processor.state.RatedSignal;
import io.emberwatch.processor.state.SignalSummary;

/** Summary of the values of one signal; values come in the order of their time. */
final class SummaryMath {

  private SummaryMath() {}

  /** Of one value. */
  static SignalSummary of(RatedSignal signal, double value) {
    return new SignalSummary(
        signal, 1L, value, value, value, value, Quantiles.empty().add(value).encode());
  }

  /** With one more value. */
  static SignalSummary add(SignalSummary before, double value) {
    return new SignalSummary(
        before.getSignal(),
        before.getCount() + 1,
        Math.min(before.getMin(), value),
        Math.max(before.getMax(), value),
        before.getSum() + value,
        value,
        Quantiles.decode(before.getSketch()).add(value).encode());
  }

  /** Of both, the second later in time. */
  static SignalSummary merge(SignalSummary earlier, SignalSummary later) {
    return new SignalSummary(
        earlier.getSignal(),
        earlier.getCount() + later.getCount(),
        Math.min(earlier.getMin(), later.getMin()),
        Math.max(earlier.getMax(), later.getMax()),
        earlier.getSum() + later.getSum(),
        later.getLast(),
        Quantiles.decode(earlier.getSketch()).merge(Quantiles.decode(later.getSketch())).encode());
  }
}
