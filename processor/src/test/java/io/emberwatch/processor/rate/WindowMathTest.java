package io.emberwatch.processor.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emberwatch.processor.state.RatedSignal;
import io.emberwatch.processor.state.WindowSummary;
import io.emberwatch.schemas.Rate;
import io.emberwatch.schemas.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowMathTest {

  private static final WindowKey KEY = new WindowKey(0, "i");

  @Property(tries = 200)
  void mergedPartsAreTheWhole(
      @ForAll @Size(min = 2, max = 60) List<@DoubleRange(min = 0, max = 1e9) Double> values,
      @ForAll @IntRange(min = 1, max = 59) int cut) {
    int at = Math.min(cut, values.size() - 1);
    WindowSummary parts =
        WindowMath.merge(window(values.subList(0, at)), window(values.subList(at, values.size())));
    Rate merged = opsRate(parts);
    Rate whole = opsRate(window(values));
    assertThat(merged.getCount()).isEqualTo(whole.getCount());
    assertThat(merged.getMin()).isEqualTo(whole.getMin());
    assertThat(merged.getMax()).isEqualTo(whole.getMax());
    assertThat(merged.getLast()).isEqualTo(whole.getLast());
    assertThat(merged.getP95()).isEqualTo(whole.getP95());
    assertThat(merged.getMean()).isCloseTo(whole.getMean(), within(1e-9 * (1 + whole.getMean())));
  }

  @Property(tries = 200)
  void figuresAreInOrder(
      @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = -1e9, max = 1e9) Double> values) {
    Rate rate = opsRate(window(values));
    assertThat(List.of(rate.getMin(), rate.getP50(), rate.getP95(), rate.getP99(), rate.getMax()))
        .isSorted();
    assertThat(rate.getMean()).isBetween(rate.getMin(), rate.getMax());
  }

  @Test
  void unknownAndInfiniteValuesAddNothing() {
    WindowSummary window = WindowMath.add(null, signals(null));
    window = WindowMath.add(window, signals(Double.NaN));
    window = WindowMath.add(window, signals(Double.POSITIVE_INFINITY));
    assertThat(window.getSignals())
        .extracting(summary -> summary.getSignal())
        .containsExactly(RatedSignal.FRESHNESS_SECONDS);
  }

  @Test
  void everyRatedSignalIsAFieldOfSignals() {
    for (RatedSignal signal : RatedSignal.values()) {
      assertThat(Signals.getClassSchema().getField(RatedSignals.name(signal)))
          .describedAs(signal.name())
          .isNotNull();
    }
  }

  @Test
  void keysSortByStart() {
    List<String> texts = new ArrayList<>();
    for (long start : new long[] {0, 60_000, 1_700_000_000_000L, 9_000_000_000_000L}) {
      texts.add(WindowKey.upTo(start - 1));
      texts.add(new WindowKey(start, "prod/cache-1/h:1").text());
    }
    assertThat(texts).isSorted();
    assertThat(WindowKey.parse(texts.get(3))).isEqualTo(new WindowKey(60_000, "prod/cache-1/h:1"));
  }

  private static WindowSummary window(List<Double> values) {
    WindowSummary window = WindowMath.add(null, signals(values.get(0)));
    for (double value : values.subList(1, values.size())) {
      window = WindowMath.add(window, signals(value));
    }
    return window;
  }

  private static Rate opsRate(WindowSummary window) {
    return WindowMath.rates(KEY, WindowSize.MINUTE, window).stream()
        .filter(rate -> rate.getSignal().equals("ops_rate"))
        .findFirst()
        .orElseThrow();
  }

  private static Signals signals(@Nullable Double opsRate) {
    Signals signals = new Signals();
    signals.setFleet("prod");
    signals.setGroup("cache-1");
    signals.setLabels(Map.of());
    signals.setOpsRate(opsRate);
    return signals;
  }
}
