package io.emberwatch.alerter.store;

import io.emberwatch.alerter.incident.TimelineKind;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What happened to each incident; rows are added and never changed. */
public final class Timeline {

  private final Handle handle;

  Timeline(Handle handle) {
    this.handle = handle;
  }

  public void append(String incidentId, TimelineRow row) {
    handle
        .createUpdate(
            """
            INSERT INTO timeline
              (incident_id, kind, occurred_at_micros, recorded_at_micros, actor, body)
            VALUES (:incident, :kind, :occurred, :recorded, :actor, :body)
            """)
        .bind("incident", incidentId)
        .bind("kind", row.kind().name())
        .bind("occurred", Micros.of(row.occurredAt()))
        .bind("recorded", Micros.of(row.recordedAt()))
        .bind("actor", Cut.to(row.actor(), 200))
        .bind("body", Cut.toNullable(row.text(), 10_000))
        .execute();
  }

  /** The newest rows of an incident, oldest first. */
  public List<TimelineRow> of(String incidentId, int limit) {
    return handle
        .createQuery(
            """
            SELECT * FROM (SELECT * FROM timeline WHERE incident_id = :incident
              ORDER BY seq DESC LIMIT :limit) newest
            ORDER BY seq
            """)
        .bind("incident", incidentId)
        .bind("limit", limit)
        .map(
            (row, context) ->
                new TimelineRow(
                    TimelineKind.valueOf(row.getString("kind")),
                    Micros.instant(row.getLong("occurred_at_micros")),
                    Micros.instant(row.getLong("recorded_at_micros")),
                    row.getString("actor"),
                    row.getString("body")))
        .list();
  }

  /**
   * One row.
   *
   * @param occurredAt when it happened
   * @param recordedAt when it was written down; later for events that came late
   * @param actor {@link io.emberwatch.alerter.incident.IncidentMachine#SYSTEM}, a receiver's name,
   *     or a person's
   * @param text for people; null when the kind says it all
   */
  public record TimelineRow(
      TimelineKind kind,
      Instant occurredAt,
      Instant recordedAt,
      String actor,
      @Nullable String text) {}
}
