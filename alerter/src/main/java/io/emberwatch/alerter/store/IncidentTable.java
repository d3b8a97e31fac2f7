package io.emberwatch.alerter.store;

import io.emberwatch.alerter.incident.Acknowledgement;
import io.emberwatch.alerter.incident.Alert;
import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.Resolution;
import io.emberwatch.alerter.incident.Slot;
import io.emberwatch.schemas.IncidentStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Incidents with their alerts and deadlines. Who changes one first locks it; a save writes only the
 * alerts that differ from what this session read.
 */
public final class IncidentTable {

  private final Handle handle;
  private final IncidentRows rows;
  private final Map<String, Incident> known = new HashMap<>();

  IncidentTable(Handle handle) {
    this.handle = handle;
    this.rows = new IncidentRows(handle);
  }

  /** An incident as it is, without a lock. */
  public Optional<Incident> find(String id) {
    return rows.where("WHERE id = :id", Map.of("id", id)).stream().findFirst();
  }

  /** An incident, locked until the transaction ends. */
  public Optional<Incident> lock(String id) {
    return locked("WHERE id = :id FOR UPDATE", Map.of("id", id));
  }

  /** The incident that holds a slot, locked until the transaction ends. */
  public Optional<Incident> lockOpen(Slot slot) {
    return locked(
        "WHERE slot_key = :slot AND open_slot = 'Y' FOR UPDATE", Map.of("slot", slot.key()));
  }

  /** The incident of a slot that was resolved last, locked until the transaction ends. */
  public Optional<Incident> lockLatestResolved(Slot slot) {
    return handle
        .createQuery(
            """
            SELECT id FROM incident WHERE slot_key = :slot AND open_slot IS NULL
            ORDER BY resolved_at_micros DESC, id DESC LIMIT 1
            """)
        .bind("slot", slot.key())
        .mapTo(String.class)
        .findOne()
        .flatMap(this::lock);
  }

  /** Incidents of one page, newest first. */
  public List<Incident> list(IncidentFilter filter) {
    return rows.where(filter.clause(), filter.bindings());
  }

  /** Number of incidents by status; a status without any is absent. */
  public Map<IncidentStatus, Long> countByStatus() {
    Map<IncidentStatus, Long> counts = new HashMap<>();
    handle
        .createQuery("SELECT status, COUNT(*) AS incidents FROM incident GROUP BY status")
        .map(
            (row, context) ->
                Map.entry(
                    IncidentStatus.valueOf(row.getString("status")), row.getLong("incidents")))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  /**
   * Writes an incident.
   *
   * @throws org.jdbi.v3.core.JdbiException when another open incident holds the slot
   */
  public void save(Incident incident) {
    Incident before = known.put(incident.id(), incident);
    if (update(incident) == 0) {
      insert(incident);
    }
    for (int i = 0; i < incident.alerts().size(); i++) {
      Alert alert = incident.alerts().get(i);
      if (before == null || !isSame(before.alerts(), i, alert)) {
        rows.saveAlert(incident.id(), i, alert);
      }
    }
    if (before == null || !before.deadlines().equals(incident.deadlines())) {
      rows.replaceDeadlines(incident);
    }
  }

  /** Alerts keep their place for good, so one look tells. */
  private static boolean isSame(List<Alert> before, int place, Alert alert) {
    return place < before.size() && before.get(place).equals(alert);
  }

  private Optional<Incident> locked(String clause, Map<String, ?> bindings) {
    Optional<Incident> found = rows.where(clause, bindings).stream().findFirst();
    found.ifPresent(incident -> known.put(incident.id(), incident));
    return found;
  }

  private int update(Incident incident) {
    return write(
        """
        UPDATE incident SET open_slot = :open, status = :status, severity = :severity,
          title = :title, acknowledged_at_micros = :ackAt, acknowledged_by = :ackBy,
          resolved_at_micros = :resolvedAt, resolved_by = :resolvedBy,
          resolved_manually = :manually, reopen_count = :reopens, revision = :revision
        WHERE id = :id
        """,
        incident);
  }

  private void insert(Incident incident) {
    write(
        """
        INSERT INTO incident (id, slot_key, open_slot, fleet, replication_group, cause, status,
          severity, title, opened_at_micros, acknowledged_at_micros, acknowledged_by,
          resolved_at_micros, resolved_by, resolved_manually, reopen_count, revision)
        VALUES (:id, :slot, :open, :fleet, :group, :cause, :status, :severity, :title, :openedAt,
          :ackAt, :ackBy, :resolvedAt, :resolvedBy, :manually, :reopens, :revision)
        """,
        incident);
  }

  private int write(String sql, Incident incident) {
    @Nullable Acknowledgement acknowledgement = incident.acknowledgement();
    @Nullable Resolution resolution = incident.resolution();
    return handle
        .createUpdate(sql)
        .bind("id", incident.id())
        .bind("slot", incident.slot().key())
        .bind("open", incident.open() ? "Y" : null)
        .bind("fleet", incident.slot().fleet())
        .bind("group", incident.slot().group())
        .bind("cause", incident.slot().cause().name())
        .bind("status", incident.status().name())
        .bind("severity", incident.severity().name())
        .bind("title", Cut.to(incident.title(), 2000))
        .bind("openedAt", Micros.of(incident.openedAt()))
        .bind("ackAt", acknowledgement == null ? null : Micros.ofNullable(acknowledgement.at()))
        .bind("ackBy", acknowledgement == null ? null : acknowledgement.actor())
        .bind("resolvedAt", resolution == null ? null : Micros.ofNullable(resolution.at()))
        .bind("resolvedBy", resolution == null ? null : resolution.actor())
        .bind("manually", resolution == null ? null : Boolean.valueOf(resolution.manual()))
        .bind("reopens", incident.reopenCount())
        .bind("revision", incident.revision())
        .execute();
  }
}
