package io.emberwatch.alerter.incident;

import io.emberwatch.schemas.IncidentStatus;
import io.emberwatch.schemas.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Problems of one slot that a person deals with as one.
 *
 * @param id UUIDv7
 * @param severity the highest that it ever had
 * @param title one line for a person
 * @param acknowledgement null while nobody has taken it
 * @param resolution null while it is open
 * @param revision number of its latest published event, from 1
 * @param alerts every episode that ever belonged to it, in the order of joining
 * @param deadlines what it waits for, and until when
 */
public record Incident(
    String id,
    Slot slot,
    IncidentStatus status,
    Severity severity,
    String title,
    Instant openedAt,
    @Nullable Acknowledgement acknowledgement,
    @Nullable Resolution resolution,
    int reopenCount,
    long revision,
    List<Alert> alerts,
    Map<TimerKind, Instant> deadlines) {

  private static final Comparator<Alert> WORST_FIRST =
      Comparator.comparing(Alert::severity).reversed().thenComparing(Alert::firedAt);

  public Incident {
    alerts = List.copyOf(alerts);
    deadlines = Map.copyOf(deadlines);
  }

  /** Whether it holds its slot. */
  public boolean open() {
    return status != IncidentStatus.RESOLVED;
  }

  /** Alerts that still count as problems, worst and then oldest first. */
  public List<Alert> activeAlerts() {
    return alerts.stream().filter(Alert::active).sorted(WORST_FIRST).toList();
  }

  /** The active alert of a fingerprint; there is at most one. */
  public Optional<Alert> activeAlert(String fingerprint) {
    return alerts.stream()
        .filter(alert -> alert.active() && alert.problem().fingerprint().equals(fingerprint))
        .findFirst();
  }

  /** With the alert added, or put in the place of its earlier state. */
  Incident withAlert(Alert alert) {
    List<Alert> next = new ArrayList<>(alerts);
    next.replaceAll(old -> old.episodeId().equals(alert.episodeId()) ? alert : old);
    if (!next.contains(alert)) {
      next.add(alert);
    }
    return copy(status, severity, title, acknowledgement, resolution, next, deadlines);
  }

  Incident withStatus(IncidentStatus next) {
    return copy(next, severity, title, acknowledgement, resolution, alerts, deadlines);
  }

  Incident withSeverity(Severity next) {
    return copy(status, next, title, acknowledgement, resolution, alerts, deadlines);
  }

  Incident withTitle(String next) {
    return copy(status, severity, next, acknowledgement, resolution, alerts, deadlines);
  }

  Incident withAcknowledgement(@Nullable Acknowledgement next) {
    return copy(status, severity, title, next, resolution, alerts, deadlines);
  }

  Incident withResolution(@Nullable Resolution next) {
    return copy(status, severity, title, acknowledgement, next, alerts, deadlines);
  }

  /** With a deadline set, or with none of that kind when it is null. */
  Incident withDeadline(TimerKind kind, @Nullable Instant at) {
    Map<TimerKind, Instant> next = new EnumMap<>(TimerKind.class);
    next.putAll(deadlines);
    if (at == null) {
      next.remove(kind);
    } else {
      next.put(kind, at);
    }
    return copy(status, severity, title, acknowledgement, resolution, alerts, next);
  }

  Incident withoutDeadlines() {
    return copy(status, severity, title, acknowledgement, resolution, alerts, Map.of());
  }

  Incident nextRevision() {
    return new Incident(
        id,
        slot,
        status,
        severity,
        title,
        openedAt,
        acknowledgement,
        resolution,
        reopenCount,
        revision + 1,
        alerts,
        deadlines);
  }

  Incident reopened() {
    return new Incident(
        id,
        slot,
        IncidentStatus.OPEN,
        severity,
        title,
        openedAt,
        null,
        null,
        reopenCount + 1,
        revision,
        alerts,
        Map.of());
  }

  private Incident copy(
      IncidentStatus newStatus,
      Severity newSeverity,
      String newTitle,
      @Nullable Acknowledgement newAcknowledgement,
      @Nullable Resolution newResolution,
      List<Alert> newAlerts,
      Map<TimerKind, Instant> newDeadlines) {
    return new Incident(
        id,
        slot,
        newStatus,
        newSeverity,
        newTitle,
        openedAt,
        newAcknowledgement,
        newResolution,
        reopenCount,
        revision,
        newAlerts,
        newDeadlines);
  }
}
