package io.emberwatch.alerter.store;

import io.emberwatch.alerter.incident.TimerKind;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What incidents wait for. Saving an incident replaces its timers, and who fires one locks the
 * incident first and asks it again: a timer that was overtaken has no effect.
 */
public final class Timers {

  private final Handle handle;

  Timers(Handle handle) {
    this.handle = handle;
  }

  /** Timers that are due, oldest first. */
  public List<Due> due(Instant now, int limit) {
    return handle
        .createQuery(
            """
            SELECT * FROM timer WHERE due_at_micros <= :now
            ORDER BY due_at_micros, incident_id LIMIT :limit
            """)
        .bind("now", Micros.of(now))
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Due(
                    row.getString("incident_id"),
                    TimerKind.valueOf(row.getString("kind")),
                    Micros.instant(row.getLong("due_at_micros"))))
        .list();
  }

  /**
   * One timer.
   *
   * @param at when it is due
   */
  public record Due(String incidentId, TimerKind kind, Instant at) {}
}
