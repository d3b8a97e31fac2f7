package io.emberwatch.processor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {

  @ParameterizedTest
  @CsvSource({
    "0.875, RATIO, 87.5 %",
    "1, RATIO, 100 %",
    "0, BYTES, 0 B",
    "1023, BYTES, 1023 B",
    "12000000, BYTES, 11.4 MiB",
    "100, PER_SECOND, 100/s",
    "0.25, PER_SECOND, 0.3/s",
    "90, SECONDS, 1m 30s",
    "12.34, SECONDS, 12.3 s",
    "172800, SECONDS, 2d 0h",
    "250, MICROSECONDS, 250 µs",
    "250000, MICROSECONDS, 250 ms",
    "1500000, MICROSECONDS, 1.5 s",
    "10, COUNT, 10",
    "1.5, NONE, 1.5"
  })
  void readsAsPeopleWrite(double value, Unit unit, String text) {
    assertThat(Figure.text(value, unit)).isEqualTo(text);
  }
}
