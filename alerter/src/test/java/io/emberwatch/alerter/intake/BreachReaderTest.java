package io.emberwatch.alerter.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.alerter.BreachRecords;
import io.emberwatch.alerter.incident.BreachEvent;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BreachReaderTest {

  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

  @Test
  void keepsTheFirstLabelsOfTenThousand() {
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      labels.put("label-%05d".formatted(i), "value");
    }

    assertThat(read(breach().setLabels(labels)).problem().labels())
        .hasSize(32)
        .containsKeys("label-00000", "label-00031");
  }

  @Test
  void cutsALabelOfAMegabyte() {
    Map<String, String> labels = Map.of("k".repeat(1_000_000), "v".repeat(1_000_000));

    assertThat(read(breach().setLabels(labels)).problem().labels())
        .hasSize(1)
        .allSatisfy(
            (name, value) -> {
              assertThat(name).hasSizeLessThanOrEqualTo(60);
              assertThat(value).hasSizeLessThanOrEqualTo(300);
            });
  }

  @Test
  void cutsTextsBetweenCharactersNotWithin() {
    String emoji = "😀".repeat(5_000);
    BreachEvent event = read(breach().setSummary(emoji).setRemediation("x" + emoji));

    assertThat(event.finding().summary()).hasSizeLessThanOrEqualTo(1000).endsWith("😀…");
    assertThat(event.finding().remediation()).hasSizeLessThanOrEqualTo(4000).endsWith("😀…");
  }

  @Test
  void takesWhatBreaksLinesOrTurnsThemRoundOutOfTexts() {
    String hostile = "a\r\nb\u0000c\u001b[31md\u0085e\u2028f\u202Eg\u2066h";

    BreachEvent event = read(breach().setSummary(hostile).setLabels(Map.of("owner", hostile)));

    assertThat(event.finding().summary()).isEqualTo("a  b c [31md e f g h");
    assertThat(event.problem().labels()).containsEntry("owner", "a  b c [31md e f g h");
  }

  @Test
  void leavesArabicAndMarkupAsTheyAre() {
    String text = "الذاكرة <script>alert(1)</script> {{x}} <!channel>";

    assertThat(read(breach().setSummary(text)).finding().summary()).isEqualTo(text);
  }

  @Test
  void refusesIdentitiesThatItWouldHaveToChange() {
    for (String bad : new String[] {"", " ", "x".repeat(201), "a\nb", "a\u202Eb"}) {
      assertThatThrownBy(() -> read(breach().setFingerprint(bad)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("fingerprint");
      assertThatThrownBy(() -> read(breach().setGroup(bad)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("group");
    }
  }

  @Test
  void keepsThirtyFiguresAndNoneThatIsNotANumber() {
    Evidence figure =
        Evidence.newBuilder()
            .setName("n".repeat(1000))
            .setValue(Double.NaN)
            .setText("t".repeat(1000))
            .build();
    BreachEvent event =
        read(
            breach()
                .setEvidence(Collections.nCopies(10_000, figure))
                .setValue(Double.POSITIVE_INFINITY)
                .setThreshold(Double.NaN));

    assertThat(event.finding().evidence())
        .hasSize(30)
        .allSatisfy(
            one -> {
              assertThat(one.value()).isNull();
              assertThat(one.name()).hasSizeLessThanOrEqualTo(60);
              assertThat(one.text()).hasSizeLessThanOrEqualTo(300);
            });
    assertThat(event.finding().value()).isNull();
    assertThat(event.finding().threshold()).isNull();
  }

  @Test
  void leavesAddressesOutThatAreNotOfTheWeb() {
    assertThat(runbook("https://example.org/runbook")).isEqualTo("https://example.org/runbook");
    assertThat(runbook("javascript:alert(1)")).isNull();
    assertThat(runbook("https://example.org/" + "x".repeat(1000))).isNull();
  }

  @Test
  void setsTimesBackThatAreAheadAndBoundsTheRefresh() {
    Instant ahead = NOW.plus(Duration.ofHours(1));
    BreachEvent event =
        read(
            breach()
                .setStartedAt(ahead)
                .setFiredAt(ahead)
                .setOccurredAt(ahead)
                .setRefreshIntervalMillis(Long.MAX_VALUE));

    assertThat(event.startedAt()).isEqualTo(NOW);
    assertThat(event.firedAt()).isEqualTo(NOW);
    assertThat(event.occurredAt()).isEqualTo(NOW);
    assertThat(event.refreshInterval()).isEqualTo(Duration.ofDays(1));
    assertThat(read(breach().setRefreshIntervalMillis(-1)).refreshInterval()).isZero();
  }

  private static @Nullable String runbook(String url) {
    return read(breach().setRunbookUrl(url)).finding().runbookUrl();
  }

  private static Breach.Builder breach() {
    return BreachRecords.breach("memory_high", "cache-1", NOW.minusSeconds(60));
  }

  private static BreachEvent read(Breach.Builder breach) {
    return BreachReader.read(breach.build(), NOW);
  }
}
