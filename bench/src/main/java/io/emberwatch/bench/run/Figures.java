package io.emberwatch.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values of one measure, one a round. */
final class Figures {

  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  /** The middle one; of an even number the mean of the two in the middle; NaN of none. */
  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** The median and the range: {@code 12.3 (11.0-14.9)}. */
  @Override
  public String toString() {
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    return String.format(Locale.ROOT, "%.1f (%.1f-%.1f)", median(), least, most);
  }
}
