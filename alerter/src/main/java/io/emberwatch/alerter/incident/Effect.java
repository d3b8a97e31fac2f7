package io.emberwatch.alerter.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something to be written together with an incident's new state. */
public sealed interface Effect {

  /**
   * A row of the timeline and, if its kind is published, an event for downstream.
   *
   * @param actor {@link IncidentMachine#SYSTEM} or a person's name
   * @param text for people; null when the kind says it all
   * @param after the incident as it was right after this
   */
  record Recorded(
      TimelineKind kind, Instant at, String actor, @Nullable String text, Incident after)
      implements Effect {}

  /**
   * Receivers are to be told.
   *
   * @param reason what happened
   * @param after the incident that they are told of; its revision makes the notice unique
   */
  record Notify(NoticeKind kind, TimelineKind reason, Instant at, Incident after)
      implements Effect {}
}
