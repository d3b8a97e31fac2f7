package io.emberwatch.alerter.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

  @Test
  void writesBytesInPowersOf1024() {
    assertThat(Figures.bytes(0L)).isEqualTo("0 B");
    assertThat(Figures.bytes(1023L)).isEqualTo("1023 B");
    assertThat(Figures.bytes(1024L)).isEqualTo("1.0 KiB");
    assertThat(Figures.bytes(1_610_612_736L)).isEqualTo("1.5 GiB");
    assertThat(Figures.bytes(1_073_741_823L)).isEqualTo("1.0 GiB");
    assertThat(Figures.bytes(-2048L)).isEqualTo("-2.0 KiB");
  }

  @Test
  void writesCountsAndRates() {
    assertThat(Figures.count(950)).isEqualTo("950");
    assertThat(Figures.count(12_345)).isEqualTo("12.3 k");
    assertThat(Figures.count(999_999)).isEqualTo("1.0 M");
    assertThat(Figures.count(0.25)).isEqualTo("0.25");
    assertThat(Figures.rate(6172.8)).isEqualTo("6.2 k/s");
  }

  @Test
  void neverRoundsAHitRatioUpToAll() {
    assertThat(Figures.percent(0.961)).isEqualTo("96.1 %");
    assertThat(Figures.percent(0.9997)).isEqualTo("99.97 %");
    assertThat(Figures.percent(1.0)).isEqualTo("100.0 %");
  }

  @Test
  void writesADashForWhatIsNotKnown() {
    assertThat(Figures.bytes(null)).isEqualTo(Figures.NOTHING);
    assertThat(Figures.count(Double.NaN)).isEqualTo(Figures.NOTHING);
    assertThat(Figures.percent(Double.POSITIVE_INFINITY)).isEqualTo(Figures.NOTHING);
    assertThat(Figures.rate(null)).isEqualTo(Figures.NOTHING);
    assertThat(Figures.of(null, "bytes")).isEqualTo(Figures.NOTHING);
  }

  @Test
  void writesAValueWithTheUnitOfItsRule() {
    assertThat(Figures.of(0.96, "ratio")).isEqualTo("96.0 %");
    assertThat(Figures.of(90.0, "seconds")).isEqualTo("1 min 30 s");
    assertThat(Figures.of(12_500.0, "microseconds")).isEqualTo("12.5 ms");
    assertThat(Figures.of(3.0, "")).isEqualTo("3");
    assertThat(Figures.of(3.0, "files")).isEqualTo("3 files");
  }

  @Test
  void writesTheTwoLargestUnitsOfALength() {
    assertThat(Times.length(Duration.ofSeconds(12))).isEqualTo("12 s");
    assertThat(Times.length(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
    assertThat(Times.length(Duration.ofHours(5).plusMinutes(2))).isEqualTo("5 h 2 min");
    assertThat(Times.length(Duration.ofDays(3).plusHours(4))).isEqualTo("3 d 4 h");
  }

  @Test
  void tellsHowLongAgo() {
    assertThat(Times.ago(NOW, NOW)).isEqualTo("now");
    assertThat(Times.ago(NOW.minusSeconds(12), NOW)).isEqualTo("12 s ago");
    assertThat(Times.ago(NOW.plusSeconds(5), NOW)).isEqualTo("now");
    assertThat(Times.ago(NOW.plusSeconds(300), NOW)).isEqualTo("in 5 min");
    assertThat(Times.utc(NOW)).isEqualTo("2026-01-05 10:00:00 UTC");
  }
}
