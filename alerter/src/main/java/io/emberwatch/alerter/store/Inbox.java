package io.emberwatch.alerter.store;

import io.emberwatch.alerter.incident.EventOrder;
import io.emberwatch.alerter.incident.Watermark;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Events that were taken in, and the newest of each fingerprint. */
public final class Inbox {

  private final Handle handle;

  Inbox(Handle handle) {
    this.handle = handle;
  }

  /**
   * Notes an event.
   *
   * @return false when it was noted before: a duplicate
   */
  public boolean add(String eventId, Instant now) {
    return handle
            .createUpdate(
                """
                INSERT INTO inbox (event_id, seen_at_micros)
                SELECT :id, :now WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE event_id = :id)
                """)
            .bind("id", eventId)
            .bind("now", Micros.of(now))
            .execute()
        == 1;
  }

  /** Forgets events that were noted before a time; returns how many. */
  public int deleteBefore(Instant time) {
    return handle.execute("DELETE FROM inbox WHERE seen_at_micros < ?", Micros.of(time));
  }

  /** The newest event of a fingerprint, locked until the transaction ends. */
  public Optional<Watermark> watermark(String fingerprint) {
    return handle
        .createQuery("SELECT * FROM watermark WHERE fingerprint = :fingerprint FOR UPDATE")
        .bind("fingerprint", fingerprint)
        .map(
            (row, context) ->
                new Watermark(
                    row.getString("fingerprint"),
                    new EventOrder(row.getLong("epoch"), row.getLong("sequence_number")),
                    row.getString("incident_id")))
        .findOne();
  }

  public void save(Watermark watermark) {
    int updated =
        bind(
            """
            UPDATE watermark
            SET epoch = :epoch, sequence_number = :sequence, incident_id = :incident
            WHERE fingerprint = :fingerprint
            """,
            watermark);
    if (updated == 0) {
      bind("INSERT INTO watermark VALUES (:fingerprint, :epoch, :sequence, :incident)", watermark);
    }
  }

  private int bind(String sql, Watermark watermark) {
    return handle
        .createUpdate(sql)
        .bind("fingerprint", watermark.fingerprint())
        .bind("epoch", watermark.order().epoch())
        .bind("sequence", watermark.order().sequence())
        .bind("incident", watermark.incidentId())
        .execute();
  }
}
