package io.emberwatch.processor.rate;

import io.emberwatch.processor.state.RatedSignal;
import io.emberwatch.processor.state.SignalSummary;
import io.emberwatch.processor.state.WindowSummary;
import io.emberwatch.schemas.Rate;
import io.emberwatch.schemas.Signals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Summaries of all signals of an instance over one window. A signal that is null in a sample adds
 * nothing to its summary, so counts differ by signal.
 */
public final class WindowMath {

  private WindowMath() {}

  /**
   * The window with one more sample.
   *
   * @param before null: this is its first sample
   */
  public static WindowSummary add(@Nullable WindowSummary before, Signals signals) {
    Map<RatedSignal, SignalSummary> bySignal = bySignal(before);
    for (RatedSignal signal : RatedSignal.values()) {
      Double value = RatedSignals.value(signal, signals);
      if (value != null) {
        SignalSummary known = bySignal.get(signal);
        bySignal.put(
            signal, known == null ? SummaryMath.of(signal, value) : SummaryMath.add(known, value));
      }
    }
    return new WindowSummary(
        signals.getFleet(),
        signals.getGroup(),
        signals.getLabels(),
        List.copyOf(bySignal.values()));
  }

  /**
   * One window of two: a long one so far, and a short one that follows it.
   *
   * @param earlier null: the short one is its first
   */
  public static WindowSummary merge(@Nullable WindowSummary earlier, WindowSummary later) {
    if (earlier == null) {
      return later;
    }
    Map<RatedSignal, SignalSummary> bySignal = bySignal(earlier);
    for (SignalSummary summary : later.getSignals()) {
      bySignal.merge(summary.getSignal(), summary, SummaryMath::merge);
    }
    return new WindowSummary(
        later.getFleet(), later.getGroup(), later.getLabels(), List.copyOf(bySignal.values()));
  }

  /** The records of a closed window, one a signal that had values. */
  public static List<Rate> rates(WindowKey key, WindowSize size, WindowSummary window) {
    List<Rate> rates = new ArrayList<>();
    for (SignalSummary summary : window.getSignals()) {
      Quantiles quantiles = Quantiles.decode(summary.getSketch());
      rates.add(
          Rate.newBuilder()
              .setInstanceId(key.instanceId())
              .setFleet(window.getFleet())
              .setGroup(window.getGroup())
              .setLabels(window.getLabels())
              .setSignal(RatedSignals.name(summary.getSignal()))
              .setWindowMillis(size.millis())
              .setWindowStart(Instant.ofEpochMilli(key.startMillis()))
              .setWindowEnd(Instant.ofEpochMilli(key.startMillis() + size.millis()))
              .setCount(summary.getCount())
              .setMin(summary.getMin())
              .setMax(summary.getMax())
              .setMean(mean(summary))
              .setLast(summary.getLast())
              .setP50(quantile(quantiles, 0.50, summary))
              .setP95(quantile(quantiles, 0.95, summary))
              .setP99(quantile(quantiles, 0.99, summary))
              .build());
    }
    return rates;
  }

  /** Rounding of the sum must not carry the mean out of the range of the values. */
  private static double mean(SignalSummary summary) {
    return within(summary, summary.getSum() / summary.getCount());
  }

  /** The sketch knows magnitudes to 1 %, the extremes are known exactly. */
  private static double quantile(Quantiles quantiles, double share, SignalSummary summary) {
    return within(summary, quantiles.at(share));
  }

  private static double within(SignalSummary summary, double value) {
    return Math.min(summary.getMax(), Math.max(summary.getMin(), value));
  }

  private static Map<RatedSignal, SignalSummary> bySignal(@Nullable WindowSummary window) {
    Map<RatedSignal, SignalSummary> bySignal = new EnumMap<>(RatedSignal.class);
    if (window != null) {
      window.getSignals().forEach(summary -> bySignal.put(summary.getSignal(), summary));
    }
    return bySignal;
  }
}
