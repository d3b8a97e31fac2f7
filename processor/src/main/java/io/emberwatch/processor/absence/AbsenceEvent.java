package io.emberwatch.processor.absence;

import io.emberwatch.schemas.Breach;
import java.time.Instant;

/** What the absence stage tells of an instance. */
public sealed interface AbsenceEvent {

  /** A rule of kind ABSENCE changed. */
  record Changed(Breach breach) implements AbsenceEvent {}

  /**
   * The instance is no longer expected: whatever is kept of it is to be dropped.
   *
   * @param at wall-clock time
   */
  record Forgotten(Instant at) implements AbsenceEvent {}
}
