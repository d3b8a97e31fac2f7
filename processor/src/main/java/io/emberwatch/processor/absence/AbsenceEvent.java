package io.emberwatch.processor.absence;

import io.emberwatch.processor.rule.Observation;
import io.emberwatch.schemas.Breach;

/** What the absence stage tells of an instance. */
public sealed interface AbsenceEvent {

  /** A rule of kind ABSENCE changed. */
  record Changed(Breach breach) implements AbsenceEvent {}

  /**
   * The instance is no longer expected, since it was retired or was silent for too long: whatever
   * is kept of it is to be dropped.
   *
   * @param last what it was, and by the wall clock when it was given up; ends what fires on it
   */
  record Forgotten(Observation last) implements AbsenceEvent {}
}
