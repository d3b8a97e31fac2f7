package io.emberwatch.alerter.incident;

import static io.emberwatch.alerter.incident.IncidentMachine.SYSTEM;

import io.emberwatch.schemas.IncidentStatus;
import io.emberwatch.schemas.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The steps of an incident's life; {@link IncidentMachine} says when each is taken. */
final class Lifecycle {

  private final IncidentPolicy policy;

  Lifecycle(IncidentPolicy policy) {
    this.policy = policy;
  }

  static String title(Slot slot, Finding finding) {
    return slot.place() + ": " + finding.summary();
  }

  Decision open(Incident fresh, BreachEvent event, Instant now) {
    Change change = new Change(fresh.withAlert(Alert.of(event, now)), now);
    change.record(TimelineKind.OPENED, SYSTEM, event.finding().summary());
    holdForGroup(change);
    return settled(change);
  }

  /** The same incident again: its receivers were told that it was over, so they are told anew. */
  Decision reopen(Incident resolved, BreachEvent event, Instant now) {
    Change change = new Change(resolved.reopened().withAlert(Alert.of(event, now)), now);
    raise(change, event.severity());
    change.to(incident -> incident.withTitle(title(incident.slot(), event.finding())));
    change.record(TimelineKind.REOPENED, SYSTEM, event.finding().summary());
    holdForGroup(change);
    return settled(change);
  }

  Decision join(Incident open, BreachEvent event, Instant now) {
    Change change = new Change(open.withAlert(Alert.of(event, now)), now);
    change.record(TimelineKind.JOINED, SYSTEM, event.finding().summary());
    escalate(change, event);
    return settled(change);
  }

  /** A new word about an active alert; a new episode takes the place of the one before it. */
  Decision update(Incident incident, Alert alert, BreachEvent event, Instant now) {
    if (!alert.episodeId().equals(event.episodeId())) {
      return join(incident.withAlert(alert.resolved(event.startedAt())), event, now);
    }
    Change change = new Change(incident.withAlert(alert.refreshed(event, now)), now);
    if (alert.state() == AlertState.STALE) {
      change.record(TimelineKind.SIGNAL_BACK, SYSTEM, event.finding().summary());
    }
    int severityChange = event.severity().compareTo(alert.severity());
    if (severityChange < 0) {
      change.record(TimelineKind.SEVERITY_LOWERED, SYSTEM, event.finding().summary());
    } else if (severityChange > 0 && event.severity().compareTo(incident.severity()) <= 0) {
      change.record(TimelineKind.ALERT_RAISED, SYSTEM, event.finding().summary());
    }
    escalate(change, event);
    return settled(change);
  }

  Decision resolveAlert(Incident incident, Alert alert, Instant resolvedAt, Instant now) {
    Change change = new Change(incident.withAlert(alert.resolved(resolvedAt)), now);
    change.record(TimelineKind.ALERT_RESOLVED, SYSTEM, alert.finding().summary());
    return settled(change);
  }

  /** An alert that a person had resolved by hand has become more than that: it goes elsewhere. */
  Decision leave(Incident resolved, Alert alert, Instant now) {
    Change change = new Change(resolved.withAlert(alert.resolved(now)), now);
    change.record(
        TimelineKind.NOTED, SYSTEM, "opens another incident: " + alert.finding().summary());
    return change.decision();
  }

  Decision acknowledge(Incident incident, String actor, Instant now) {
    Change change =
        new Change(
            incident
                .withStatus(IncidentStatus.ACKNOWLEDGED)
                .withAcknowledgement(new Acknowledgement(actor, now))
                .withDeadline(TimerKind.GROUP_WAIT, null),
            now);
    change.record(TimelineKind.ACKNOWLEDGED, actor, null);
    change.notify(NoticeKind.UPDATE, TimelineKind.ACKNOWLEDGED);
    return settled(change);
  }

  void trigger(Change change) {
    change.to(
        incident ->
            incident.withStatus(IncidentStatus.TRIGGERED).withDeadline(TimerKind.GROUP_WAIT, null));
    change.record(TimelineKind.TRIGGERED, SYSTEM, change.incident().title());
    change.notify(NoticeKind.TRIGGER, TimelineKind.TRIGGERED);
  }

  void resolveIfQuiet(Change change) {
    if (change.incident().activeAlerts().isEmpty()) {
      resolve(change, new Resolution(SYSTEM, change.now(), false), null);
    }
  }

  void resolve(Change change, Resolution resolution, @Nullable String note) {
    change.to(
        incident ->
            incident
                .withStatus(IncidentStatus.RESOLVED)
                .withResolution(resolution)
                .withoutDeadlines());
    change.record(TimelineKind.RESOLVED, resolution.actor(), note);
    change.notify(NoticeKind.RESOLVE, TimelineKind.RESOLVED);
  }

  /** Silence of the detector is not health: the alerts stay active and receivers are told. */
  void markStale(Change change) {
    boolean lost = false;
    for (Alert alert : change.incident().activeAlerts()) {
      Instant staleAt = alert.staleAt();
      if (staleAt != null && !change.now().isBefore(staleAt)) {
        change.to(incident -> incident.withAlert(alert.stale()));
        change.record(
            TimelineKind.SIGNAL_LOST, SYSTEM, "signal lost: " + alert.finding().summary());
        lost = true;
      }
    }
    if (lost) {
      change.notify(NoticeKind.UPDATE, TimelineKind.SIGNAL_LOST);
    }
    settle(change);
  }

  private void holdForGroup(Change change) {
    if (policy.groupWait().isZero()) {
      trigger(change);
    } else {
      change.to(
          incident ->
              incident.withDeadline(TimerKind.GROUP_WAIT, change.now().plus(policy.groupWait())));
    }
  }

  /** Takes a higher severity over; false when it is not higher. */
  private static boolean raise(Change change, Severity severity) {
    if (severity.compareTo(change.incident().severity()) <= 0) {
      return false;
    }
    change.to(incident -> incident.withSeverity(severity));
    return true;
  }

  /** A rise pages at once, whoever has acknowledged and whatever the group wait says. */
  private void escalate(Change change, BreachEvent event) {
    if (!change.incident().open() || !raise(change, event.severity())) {
      return;
    }
    change.to(incident -> incident.withTitle(title(incident.slot(), event.finding())));
    change.record(TimelineKind.SEVERITY_RAISED, SYSTEM, event.finding().summary());
    if (change.incident().status() == IncidentStatus.OPEN) {
      trigger(change);
      return;
    }
    if (change.incident().status() == IncidentStatus.ACKNOWLEDGED) {
      change.to(
          incident -> incident.withStatus(IncidentStatus.TRIGGERED).withAcknowledgement(null));
      change.record(TimelineKind.UNACKNOWLEDGED, SYSTEM, "the severity rose");
    }
    change.notify(NoticeKind.TRIGGER, TimelineKind.SEVERITY_RAISED);
  }

  private Decision settled(Change change) {
    settle(change);
    return change.decision();
  }

  /** Brings the deadlines in line with the alerts; a resolved incident waits for nothing. */
  private void settle(Change change) {
    Incident incident = change.incident();
    if (!incident.open()) {
      return;
    }
    if (!incident.activeAlerts().isEmpty()) {
      change.to(next -> next.withDeadline(TimerKind.RESOLVE_HOLD, null));
    } else if (incident.status() == IncidentStatus.OPEN || policy.resolveHold().isZero()) {
      resolveIfQuiet(change);
      return;
    } else if (!incident.deadlines().containsKey(TimerKind.RESOLVE_HOLD)) {
      Instant due = change.now().plus(policy.resolveHold());
      change.to(next -> next.withDeadline(TimerKind.RESOLVE_HOLD, due));
    }
    Instant staleAt =
        incident.activeAlerts().stream()
            .map(Alert::staleAt)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    change.to(next -> next.withDeadline(TimerKind.STALE, staleAt));
  }
}
