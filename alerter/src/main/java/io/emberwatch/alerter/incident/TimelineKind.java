package io.emberwatch.alerter.incident;

import io.emberwatch.schemas.IncidentEventKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a row of an incident's timeline says, and how downstream hears of it. */
public enum TimelineKind {
  OPENED(IncidentEventKind.OPENED),
  TRIGGERED(IncidentEventKind.TRIGGERED),
  JOINED(IncidentEventKind.JOINED),
  ALERT_RAISED(IncidentEventKind.NOTED),
  ALERT_RESOLVED(IncidentEventKind.NOTED),
  SEVERITY_RAISED(IncidentEventKind.SEVERITY_RAISED),
  SEVERITY_LOWERED(IncidentEventKind.SEVERITY_LOWERED),
  SIGNAL_LOST(IncidentEventKind.NOTED),
  SIGNAL_BACK(IncidentEventKind.NOTED),
  ACKNOWLEDGED(IncidentEventKind.ACKNOWLEDGED),
  UNACKNOWLEDGED(IncidentEventKind.UNACKNOWLEDGED),
  RESOLVED(IncidentEventKind.RESOLVED),
  REOPENED(IncidentEventKind.REOPENED),
  NOTED(IncidentEventKind.NOTED),
  /** An event that came after a newer one; it changed nothing. */
  LATE_EVENT(null),
  /** What became of an attempt to tell a receiver. */
  NOTIFIED(null);

  private final @Nullable IncidentEventKind published;

  TimelineKind(@Nullable IncidentEventKind published) {
    this.published = published;
  }

  /** The published kind; empty when it is for the record only and makes no revision. */
  public Optional<IncidentEventKind> published() {
    return Optional.ofNullable(published);
  }
}
