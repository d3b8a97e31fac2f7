package io.emberwatch.alerter.web.api;

import io.emberwatch.alerter.incident.Alert;
import io.emberwatch.alerter.incident.Finding;
import io.emberwatch.alerter.ledger.IncidentFile;
import io.emberwatch.alerter.store.Notification;
import io.emberwatch.alerter.store.Timeline.TimelineRow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is on record of an incident.
 *
 * @param alerts in the order of joining
 * @param timeline oldest first
 * @param notifications oldest first, without their bodies
 */
record IncidentFileJson(
    IncidentJson incident,
    List<AlertJson> alerts,
    List<RowJson> timeline,
    List<NotificationJson> notifications) {

  static IncidentFileJson of(IncidentFile file) {
    return new IncidentFileJson(
        IncidentJson.of(file.incident()),
        file.incident().alerts().stream().map(AlertJson::of).toList(),
        file.timeline().stream().map(RowJson::of).toList(),
        file.notifications().stream().map(NotificationJson::of).toList());
  }

  /** One episode of one problem; value and threshold are in unit. */
  record AlertJson(
      String rule,
      String scope,
      @Nullable String instance,
      String state,
      String severity,
      String kind,
      String summary,
      @Nullable Double value,
      @Nullable Double threshold,
      String unit,
      String remediation,
      @Nullable String runbookUrl,
      List<EvidenceJson> evidence,
      Map<String, String> labels,
      String startedAt,
      String firedAt,
      @Nullable String resolvedAt,
      String lastSeenAt,
      @Nullable String traceId) {

    static AlertJson of(Alert alert) {
      Finding finding = alert.finding();
      return new AlertJson(
          alert.problem().ruleId(),
          alert.problem().scopeId(),
          alert.problem().instanceId(),
          Json.word(alert.state()),
          Json.word(alert.severity()),
          Json.word(alert.problem().kind()),
          finding.summary(),
          finding.value(),
          finding.threshold(),
          finding.unit(),
          finding.remediation(),
          finding.runbookUrl(),
          finding.evidence().stream()
              .map(figure -> new EvidenceJson(figure.name(), figure.value(), figure.text()))
              .toList(),
          alert.problem().labels(),
          alert.startedAt().toString(),
          alert.firedAt().toString(),
          Json.timeOrNull(alert.resolvedAt()),
          alert.lastSeenAt().toString(),
          alert.traceId());
    }
  }

  /** One figure; text has its unit. */
  record EvidenceJson(String name, @Nullable Double value, String text) {}

  /** One row of the timeline. */
  record RowJson(
      String kind, String occurredAt, String recordedAt, String actor, @Nullable String text) {

    static RowJson of(TimelineRow row) {
      return new RowJson(
          Json.word(row.kind()),
          row.occurredAt().toString(),
          row.recordedAt().toString(),
          row.actor(),
          row.text());
    }
  }

  /** What became of telling one receiver. */
  record NotificationJson(
      String id,
      String receiver,
      String kind,
      String reason,
      String state,
      int attempts,
      boolean maybeDelivered,
      String createdAt,
      String dueAt,
      @Nullable String finishedAt,
      @Nullable String lastDetail) {

    static NotificationJson of(Notification notification) {
      return new NotificationJson(
          notification.id(),
          notification.receiver(),
          Json.word(notification.kind()),
          Json.word(notification.reason()),
          Json.word(notification.state()),
          notification.attempts(),
          notification.maybeDelivered(),
          notification.createdAt().toString(),
          notification.dueAt().toString(),
          Json.timeOrNull(notification.finishedAt()),
          notification.lastDetail());
    }
  }
}
