package io.emberwatch.alerter.store;

import io.emberwatch.alerter.incident.NoticeKind;
import io.emberwatch.alerter.incident.TimelineKind;
import io.emberwatch.schemas.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Notices to receivers; written in the transaction that decides them. */
public final class Outbox {

  private final Handle handle;

  Outbox(Handle handle) {
    this.handle = handle;
  }

  /** Adds a notice that is due now. */
  public void add(Draft draft, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO outbox (id, incident_id, receiver, kind, reason, severity, title, body,
              state, attempts, minimal, maybe_delivered, created_at_micros, due_at_micros)
            VALUES (:id, :incident, :receiver, :kind, :reason, :severity, :title, :body,
              'PENDING', 0, FALSE, FALSE, :now, :now)
            """)
        .bind("id", draft.id())
        .bind("incident", draft.incidentId())
        .bind("receiver", draft.receiver())
        .bind("kind", draft.kind().name())
        .bind("reason", draft.reason().name())
        .bind("severity", draft.severity().name())
        .bind("title", Cut.to(draft.title(), 2000))
        .bind("body", draft.body())
        .bind("now", Micros.of(now))
        .execute();
  }

  /** Receivers that were told of the problem, or are about to be. */
  public Set<String> told(String incidentId) {
    return new HashSet<>(
        handle
            .createQuery(
                """
                SELECT DISTINCT receiver FROM outbox
                WHERE incident_id = :incident AND kind = 'TRIGGER' AND state <> 'CANCELLED'
                """)
            .bind("incident", incidentId)
            .mapTo(String.class)
            .list());
  }

  /** The newest notices of an incident, oldest first. */
  public List<Notification> of(String incidentId, int limit) {
    return handle
        .createQuery(
            """
            SELECT * FROM (SELECT * FROM outbox WHERE incident_id = :incident
              ORDER BY seq DESC LIMIT :limit) newest
            ORDER BY seq
            """)
        .bind("incident", incidentId)
        .bind("limit", limit)
        .map((row, context) -> notification(row))
        .list();
  }

  /** When the oldest notice became due that is not sent yet; empty when nothing waits. */
  public Optional<Instant> oldestDue(Instant now) {
    return handle
        .createQuery(
            """
            SELECT MIN(due_at_micros) FROM outbox
            WHERE state IN ('PENDING', 'SENDING', 'PARKED') AND due_at_micros <= :now
            """)
        .bind("now", Micros.of(now))
        .mapTo(Long.class)
        .findOne()
        .map(micros -> Micros.instant(micros.longValue()));
  }

  /** Receivers with notices that wait. */
  public Set<String> waitingReceivers() {
    return new HashSet<>(
        handle
            .createQuery(
                """
                SELECT DISTINCT receiver FROM outbox WHERE state IN ('PENDING', 'SENDING', 'PARKED')
                """)
            .mapTo(String.class)
            .list());
  }

  static Notification notification(ResultSet row) throws SQLException {
    return new Notification(
        row.getString("id"),
        row.getString("incident_id"),
        row.getString("receiver"),
        NoticeKind.valueOf(row.getString("kind")),
        TimelineKind.valueOf(row.getString("reason")),
        Severity.valueOf(row.getString("severity")),
        row.getString("title"),
        row.getString("body"),
        NotificationState.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getBoolean("minimal"),
        row.getBoolean("maybe_delivered"),
        Micros.instant(row.getLong("created_at_micros")),
        Micros.instant(row.getLong("due_at_micros")),
        finishedAt(row),
        row.getString("last_detail"));
  }

  private static @Nullable Instant finishedAt(ResultSet row) throws SQLException {
    long at = row.getLong("finished_at_micros");
    return row.wasNull() ? null : Micros.instant(at);
  }

  /**
   * A notice to be added.
   *
   * @param id unique by incident, receiver and revision
   * @param body JSON, 40,000 characters at most
   */
  public record Draft(
      String id,
      String incidentId,
      String receiver,
      NoticeKind kind,
      TimelineKind reason,
      Severity severity,
      String title,
      String body) {}
}
