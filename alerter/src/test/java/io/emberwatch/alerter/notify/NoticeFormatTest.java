package io.emberwatch.alerter.notify;

import static io.emberwatch.alerter.incident.Breaches.breach;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emberwatch.alerter.incident.BreachEvent;
import io.emberwatch.alerter.incident.Candidates;
import io.emberwatch.alerter.incident.Effect;
import io.emberwatch.alerter.incident.Finding;
import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.IncidentMachine;
import io.emberwatch.alerter.incident.IncidentPolicy;
import io.emberwatch.alerter.incident.NoticeKind;
import io.emberwatch.alerter.incident.TimelineKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NoticeFormatTest {

  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final NoticeFormat format = new NoticeFormat("test", "https://example.org");
  private final IncidentMachine machine =
      new IncidentMachine(IncidentPolicy.DEFAULT, () -> "incident-1");

  @Test
  void saysWhatThereIsToSay() throws Exception {
    JsonNode notice = notice(incident(2, "Memory is 96 %", 3));

    assertThat(notice.path("type").asText()).isEqualTo("incident.triggered");
    assertThat(notice.at("/data/alerts")).hasSize(2);
    assertThat(notice.at("/data/alerts/0/evidence")).hasSize(3);
    assertThat(notice.at("/data/truncated_alerts").asInt()).isZero();
    assertThat(notice.at("/data/alerts/0/truncated_evidence").asInt()).isZero();
    assertThat(notice.at("/data/incident/url").asText())
        .isEqualTo("https://example.org/incidents/incident-1");
  }

  @Test
  void countsTheAlertsThatDoNotFit() throws Exception {
    JsonNode notice = notice(incident(500, "Memory is 96 %", 3));

    int written = notice.at("/data/alerts").size();
    assertThat(written).isBetween(10, 499);
    assertThat(notice.at("/data/truncated_alerts").asInt()).isEqualTo(500 - written);
  }

  @Test
  void countsTheEvidenceThatDoesNotFit() throws Exception {
    JsonNode notice = notice(incident(1, "Memory is 96 %", 30));

    assertThat(notice.at("/data/alerts/0/evidence")).hasSize(12);
    assertThat(notice.at("/data/alerts/0/truncated_evidence").asInt()).isEqualTo(18);
  }

  @Test
  void keepsTheFirstAlertHoweverWideItsLetters() throws Exception {
    JsonNode notice = notice(incident(3, "记".repeat(4000), 30));

    assertThat(notice.at("/data/alerts")).isNotEmpty();
    assertThat(notice.at("/data/alerts/0/summary").asText()).hasSize(500).endsWith("…");
    assertThat(notice.at("/data/alerts/0/truncated_evidence").asInt()).isEqualTo(30);
  }

  @Test
  void staysSmallWhenEveryLetterIsEscaped() throws Exception {
    notice(incident(100, "\"\\".repeat(2000), 30));
  }

  @Test
  void givesEachIncidentAndReceiverAKeyOfItsOwn() {
    assertThat(format.dedupKey("a", "hook")).hasSize(64).isEqualTo(format.dedupKey("a", "hook"));
    assertThat(format.dedupKey("a", "hook")).isNotEqualTo(format.dedupKey("b", "hook"));
    assertThat(format.dedupKey("a", "hook")).isNotEqualTo(format.dedupKey("a", "chat"));
    assertThat(format.dedupKey("a", "hook"))
        .isNotEqualTo(new NoticeFormat("other", "").dedupKey("a", "hook"));
  }

  /** The notice, which is always below 20 kB. */
  private JsonNode notice(Incident incident) throws Exception {
    Effect.Notify notify =
        new Effect.Notify(NoticeKind.TRIGGER, TimelineKind.TRIGGERED, NOW, incident);
    String body = format.draft(notify, "hook").body();
    assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(NoticeFormat.MAX_BYTES);
    return JSON.readTree(body);
  }

  private Incident incident(int alerts, String text, int figures) {
    Incident incident = null;
    for (int i = 0; i < alerts; i++) {
      BreachEvent event = wordy(breach("rule-" + i).at(NOW), text, figures);
      Candidates candidates = new Candidates(null, incident, null);
      incident = machine.breach(candidates, event, NOW).get(0).incident();
    }
    return Objects.requireNonNull(incident);
  }

  private static BreachEvent wordy(BreachEvent event, String text, int figures) {
    Finding.Figure figure = new Finding.Figure(text, 0.96, text);
    Finding finding =
        new Finding(
            0.96,
            0.9,
            "ratio",
            text,
            text,
            "https://example.org/" + text.substring(0, Math.min(text.length(), 900)),
            Collections.nCopies(figures, figure));
    return new BreachEvent(
        event.problem(),
        event.episodeId(),
        event.order(),
        event.transition(),
        event.severity(),
        finding,
        event.startedAt(),
        event.firedAt(),
        event.occurredAt(),
        event.refreshInterval(),
        event.traceId());
  }
}
