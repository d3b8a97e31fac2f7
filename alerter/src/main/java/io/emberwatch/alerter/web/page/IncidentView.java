package io.emberwatch.alerter.web.page;

import io.emberwatch.alerter.incident.Acknowledgement;
import io.emberwatch.alerter.incident.Alert;
import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.IncidentMachine;
import io.emberwatch.alerter.incident.Resolution;
import io.emberwatch.alerter.incident.TimelineKind;
import io.emberwatch.alerter.ledger.IncidentFile;
import io.emberwatch.alerter.store.Notification;
import io.emberwatch.alerter.store.NotificationState;
import io.emberwatch.alerter.store.Timeline.TimelineRow;
import io.emberwatch.schemas.IncidentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The incident page's texts.
 *
 * @param standing one sentence on where it stands
 * @param advice what to do, one for each rule, worst first
 * @param alerts active ones first, worst first
 * @param hiddenAlerts that are left out
 * @param timeline newest first
 */
record IncidentView(
    IncidentRowView row,
    String fleet,
    @Nullable String group,
    String fleetAddress,
    String standing,
    boolean open,
    boolean taken,
    List<Advice> advice,
    List<AlertView> alerts,
    int hiddenAlerts,
    List<EntryView> timeline,
    List<NoticeView> notices) {

  private static final int MAX_ALERTS = 100;

  private static final Comparator<Alert> WORST_FIRST =
      Comparator.comparing(Alert::active)
          .thenComparing(Alert::severity)
          .thenComparing(Alert::firedAt)
          .reversed();

  /** What to do about one rule; runbook is null when there is none. */
  record Advice(String rule, String text, @Nullable String runbook) {}

  /** One row of the timeline; recorded is null when it was written down at once. */
  record EntryView(
      Times.Moment at,
      String what,
      String actor,
      @Nullable String text,
      @Nullable String recorded) {}

  /** What became of telling one receiver; failed is true when a person should look. */
  record NoticeView(
      String receiver,
      String kind,
      String outcome,
      boolean failed,
      String detail,
      Times.Moment at) {}

  static IncidentView of(IncidentFile file, Instant now) {
    Incident incident = file.incident();
    List<AlertView> alerts =
        incident.alerts().stream()
            .sorted(WORST_FIRST)
            .limit(MAX_ALERTS)
            .map(alert -> AlertView.of(alert, now))
            .toList();
    List<EntryView> timeline = new ArrayList<>();
    file.timeline().forEach(row -> timeline.add(0, entry(row, now)));
    return new IncidentView(
        IncidentRowView.of(incident, now),
        incident.slot().fleet(),
        incident.slot().group(),
        new Address("/")
            .with("fleet", incident.slot().fleet())
            .with("group", incident.slot().group())
            .text(),
        standing(incident, now),
        incident.open(),
        incident.status() == IncidentStatus.ACKNOWLEDGED,
        advice(alerts),
        alerts,
        incident.alerts().size() - alerts.size(),
        timeline,
        file.notifications().stream().map(notice -> notice(notice, now)).toList());
  }

  private static String standing(Incident incident, Instant now) {
    Acknowledgement taken = incident.acknowledgement();
    Resolution end = incident.resolution();
    String reopened =
        incident.reopenCount() == 0
            ? ""
            : " Reopened " + Labels.number(incident.reopenCount(), "time") + ".";
    if (end != null) {
      String by =
          end.manual() ? "Resolved by " + end.actor() : "Resolved when all alerts were over";
      return by + ", " + Times.ago(end.at(), now) + "." + reopened;
    }
    if (taken != null) {
      return "Taken by " + taken.actor() + ", " + Times.ago(taken.at(), now) + "." + reopened;
    }
    return incident.status() == IncidentStatus.OPEN
        ? "Alerts are being gathered; nobody was told yet." + reopened
        : "Nobody has taken it yet." + reopened;
  }

  /** Of the active alerts; of all when none is. */
  private static List<Advice> advice(List<AlertView> alerts) {
    boolean anyActive = alerts.stream().anyMatch(AlertView::active);
    Map<String, Advice> byRule = new LinkedHashMap<>();
    for (AlertView alert : alerts) {
      boolean told = !alert.remediation().isBlank() || alert.runbook() != null;
      if (told && alert.active() == anyActive) {
        byRule.putIfAbsent(
            alert.rule(), new Advice(alert.rule(), alert.remediation(), alert.runbook()));
      }
    }
    return List.copyOf(byRule.values());
  }

  private static EntryView entry(TimelineRow row, Instant now) {
    boolean late = row.recordedAt().isAfter(row.occurredAt().plusSeconds(1));
    return new EntryView(
        Times.moment(row.occurredAt(), now),
        row.kind() == TimelineKind.TRIGGERED
            ? "Receivers told"
            : row.kind() == TimelineKind.NOTED ? "Note" : Labels.sentence(row.kind()),
        row.actor().equals(IncidentMachine.SYSTEM) ? "" : row.actor(),
        row.text(),
        late ? Times.utc(row.recordedAt()) : null);
  }

  private static NoticeView notice(Notification notification, Instant now) {
    Instant finished = notification.finishedAt();
    String detail = notification.lastDetail();
    String attempts =
        notification.attempts() > 1 ? Labels.number(notification.attempts(), "attempt") : "";
    String copy = notification.maybeDelivered() ? "may have arrived before" : "";
    return new NoticeView(
        notification.receiver(),
        Labels.sentence(notification.kind()),
        Labels.sentence(notification.state()),
        notification.state() == NotificationState.DEAD
            || notification.state() == NotificationState.PARKED,
        String.join(
            " · ",
            List.of(detail == null ? "" : detail, attempts, copy).stream()
                .filter(text -> !text.isEmpty())
                .toList()),
        Times.moment(finished == null ? notification.createdAt() : finished, now));
  }
}
