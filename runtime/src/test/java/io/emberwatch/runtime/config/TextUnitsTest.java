package io.emberwatch.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

final class TextUnitsTest {

  @Property
  void readsBackEveryDuration(
      @ForAll @LongRange(min = -100_000_000, max = 100_000_000) long seconds,
      @ForAll @LongRange(min = 0, max = 999_999_999) long nanos) {
    Duration duration = Duration.ofSeconds(seconds, nanos);
    assertThat(DurationText.parse(DurationText.format(duration))).contains(duration);
    assertThat(DurationText.parse(duration.toString())).contains(duration);
  }

  @Property
  void readsBackEverySize(@ForAll @LongRange(min = 0) long bytes) {
    assertThat(BytesText.parse(BytesText.format(bytes))).hasValue(bytes);
  }

  @Property
  void readsBackRoundSizes(
      @ForAll @LongRange(min = 0, max = 4000) long count,
      @ForAll @LongRange(min = 0, max = 4) long tens) {
    long bytes = count << (10 * tens);
    assertThat(BytesText.parse(BytesText.format(bytes))).hasValue(bytes);
  }

  @Property
  void neverThrowsOnAnyText(@ForAll String text) {
    assertThat(DurationText.parse(text)).isNotNull();
    assertThat(BytesText.parse(text)).isNotNull();
  }

  @Example
  void readsDurationsAsPeopleWriteThem() {
    assertThat(DurationText.parse("500ms")).contains(Duration.ofMillis(500));
    assertThat(DurationText.parse("15s")).contains(Duration.ofSeconds(15));
    assertThat(DurationText.parse("1h30m")).contains(Duration.ofMinutes(90));
    assertThat(DurationText.parse("2d")).contains(Duration.ofDays(2));
    assertThat(DurationText.parse("PT15S")).contains(Duration.ofSeconds(15));
    assertThat(DurationText.parse("0")).contains(Duration.ZERO);
    assertThat(DurationText.parse("15")).isEmpty();
    assertThat(DurationText.parse("15 s")).isEmpty();
    assertThat(DurationText.parse("")).isEmpty();
    assertThat(DurationText.parse("1h-3m")).isEmpty();
    assertThat(DurationText.parse("999999999999999999d")).isEmpty();
    assertThat(DurationText.format(Duration.ofMillis(90_500))).isEqualTo("1m30s500ms");
  }

  @Example
  void readsSizesByTheirUnit() {
    assertThat(BytesText.parse("64MB")).hasValue(64_000_000);
    assertThat(BytesText.parse("10KiB")).hasValue(10_240);
    assertThat(BytesText.parse("1.5 GiB")).hasValue(1_610_612_736);
    assertThat(BytesText.parse("77")).hasValue(77);
    assertThat(BytesText.parse("1.5B")).isEmpty();
    assertThat(BytesText.parse("-1MB")).isEmpty();
    assertThat(BytesText.parse("9999999TiB")).isEmpty();
    assertThat(BytesText.parse("5 parsecs")).isEmpty();
    assertThat(BytesText.format(1 << 20)).isEqualTo("1MiB");
    assertThat(BytesText.format(1_500)).isEqualTo("1500B");
    assertThat(BytesText.format(64_000_000)).isEqualTo("62500KiB");
  }

  @Property
  void countsEditsSymmetrically(@ForAll String a, @ForAll String b) {
    assertThat(NearestKey.edits(a, b)).isEqualTo(NearestKey.edits(b, a));
    assertThat(NearestKey.edits(a, a)).isZero();
  }
}
