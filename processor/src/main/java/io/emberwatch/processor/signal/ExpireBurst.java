package io.emberwatch.processor.signal;

import io.emberwatch.processor.state.ExpirySlice;
import io.emberwatch.processor.state.ExpiryTrend;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rate of expiry over the last minute, divided by its baseline. The baseline is the exponentially
 * weighted mean rate with a time constant of one hour, corrected for its start (weights are divided
 * by their sum); a slice enters it when it leaves the last minute, so a burst does not hide itself.
 * Cost: one slice of some 10 bytes for each poll of the last minute, 61 at most.
 */
final class ExpireBurst {

  static final double RECENT_SECONDS = 60;

  /** Time constant of the baseline. */
  static final double BASELINE_SECONDS = 3600;

  /** Ten minutes of baseline before it is trusted. */
  static final double WARM_UP_SECONDS = 600;

  /** Fewer keys expired in the minute are no mass expiry, whatever the baseline. */
  static final long MIN_KEYS = 100;

  /** One key a minute: a server where nothing ever expired would make every ratio infinite. */
  static final double MIN_BASELINE_RATE = 1 / 60.0;

  /** Polls more often than each second share a slice, which bounds the state to 61 slices. */
  static final double MIN_SLICE_SECONDS = 1;

  private static final ExpiryTrend EMPTY = new ExpiryTrend(List.of(), 0.0, 0.0, 0.0);

  private ExpireBurst() {}

  /** The state after one more interval, in which {@code keys} expired. */
  static ExpiryTrend add(@Nullable ExpiryTrend before, double seconds, long keys) {
    ExpiryTrend trend = before == null ? EMPTY : before;
    Deque<ExpirySlice> recent = new ArrayDeque<>(trend.getRecent());
    append(recent, new ExpirySlice(seconds, keys));
    while (seconds(recent) - recent.getFirst().getSeconds() >= RECENT_SECONDS) {
      trend = withBaseline(trend, recent.removeFirst());
    }
    return withRecent(trend, List.copyOf(recent));
  }

  /** The state after a gap: the last minute is not known, the baseline is. */
  static @Nullable ExpiryTrend interrupt(@Nullable ExpiryTrend before) {
    return before == null || before.getRecent().isEmpty() ? before : withRecent(before, List.of());
  }

  /** Times the baseline, above 0. Null: warm-up, or below 100 keys in the minute. */
  static @Nullable Double ratio(ExpiryTrend trend) {
    double seconds = seconds(trend.getRecent());
    long keys = trend.getRecent().stream().mapToLong(ExpirySlice::getKeys).sum();
    boolean warm = trend.getBaselineSeconds() >= WARM_UP_SECONDS && seconds >= RECENT_SECONDS;
    if (!warm || keys < MIN_KEYS) {
      return null;
    }
    double baseline = trend.getWeightedRate() / trend.getWeight();
    return keys / seconds / Math.max(baseline, MIN_BASELINE_RATE);
  }

  private static ExpiryTrend withBaseline(ExpiryTrend trend, ExpirySlice slice) {
    double weight = 1 - Math.exp(-slice.getSeconds() / BASELINE_SECONDS);
    double rate = slice.getKeys() / slice.getSeconds();
    return new ExpiryTrend(
        trend.getRecent(),
        trend.getWeightedRate() + weight * (rate - trend.getWeightedRate()),
        trend.getWeight() + weight * (1 - trend.getWeight()),
        trend.getBaselineSeconds() + slice.getSeconds());
  }

  private static ExpiryTrend withRecent(ExpiryTrend trend, List<ExpirySlice> recent) {
    return new ExpiryTrend(
        recent, trend.getWeightedRate(), trend.getWeight(), trend.getBaselineSeconds());
  }

  private static void append(Deque<ExpirySlice> recent, ExpirySlice slice) {
    ExpirySlice newest = recent.peekLast();
    if (newest == null || newest.getSeconds() >= MIN_SLICE_SECONDS) {
      recent.addLast(slice);
      return;
    }
    recent.removeLast();
    recent.addLast(
        new ExpirySlice(
            newest.getSeconds() + slice.getSeconds(), newest.getKeys() + slice.getKeys()));
  }

  private static double seconds(Iterable<ExpirySlice> slices) {
    double sum = 0;
    for (ExpirySlice slice : slices) {
      sum += slice.getSeconds();
    }
    return sum;
  }
}
