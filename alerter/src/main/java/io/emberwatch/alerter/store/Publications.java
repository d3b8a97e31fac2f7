package io.emberwatch.alerter.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Events for downstream that Kafka has not acknowledged yet. */
public final class Publications {

  private final Handle handle;

  Publications(Handle handle) {
    this.handle = handle;
  }

  public void add(String incidentId, long revision, byte[] payload) {
    handle
        .createUpdate(
            """
            INSERT INTO publication (incident_id, revision, payload)
            VALUES (:incident, :revision, :payload)
            """)
        .bind("incident", incidentId)
        .bind("revision", revision)
        .bind("payload", payload)
        .execute();
  }

  /**
   * The oldest ones, locked until the transaction ends: another publisher waits, so that the events
   * of one incident stay in order.
   */
  public List<Publication> oldest(int limit) {
    return handle
        .createQuery("SELECT * FROM publication ORDER BY seq LIMIT :limit FOR UPDATE")
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Publication(
                    row.getLong("seq"),
                    row.getString("incident_id"),
                    row.getLong("revision"),
                    row.getBytes("payload")))
        .list();
  }

  public void delete(List<Publication> published) {
    if (!published.isEmpty()) {
      handle
          .createUpdate("DELETE FROM publication WHERE seq IN (<seqs>)")
          .bindList("seqs", published.stream().map(Publication::seq).toList())
          .execute();
    }
  }

  public long waiting() {
    return handle.createQuery("SELECT COUNT(*) FROM publication").mapTo(Long.class).one();
  }

  /** One event. */
  @SuppressWarnings("ArrayRecordComponent") // written by this package and only read by one reader
  public record Publication(long seq, String incidentId, long revision, byte[] payload) {}
}
