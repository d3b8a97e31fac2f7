package io.emberwatch.alerter.store;

import io.emberwatch.alerter.incident.Acknowledgement;
import io.emberwatch.alerter.incident.Alert;
import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.Resolution;
import io.emberwatch.alerter.incident.Slot;
import io.emberwatch.alerter.incident.TimerKind;
import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.IncidentStatus;
import io.emberwatch.schemas.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Rows of incidents, alerts and deadlines, put together and taken apart. */
final class IncidentRows {

  private final Handle handle;

  IncidentRows(Handle handle) {
    this.handle = handle;
  }

  /** Whole incidents, read with three statements however many they are. */
  List<Incident> where(String clause, Map<String, ?> bindings) {
    List<Incident> bare =
        handle
            .createQuery("SELECT * FROM incident " + clause)
            .bindMap(bindings)
            .map((row, context) -> incident(row))
            .list();
    if (bare.isEmpty()) {
      return List.of();
    }
    List<String> ids = bare.stream().map(Incident::id).toList();
    Map<String, List<Alert>> alerts = alerts(ids);
    Map<String, Map<TimerKind, Instant>> deadlines = deadlines(ids);
    return bare.stream()
        .map(
            incident ->
                whole(
                    incident,
                    alerts.getOrDefault(incident.id(), List.of()),
                    deadlines.getOrDefault(incident.id(), Map.of())))
        .toList();
  }

  void saveAlert(String incidentId, int ordinal, Alert alert) {
    int updated =
        writeAlert(
            """
            UPDATE alert SET state = :state, severity = :severity, details = :details,
              last_seen_at_micros = :lastSeen
            WHERE incident_id = :incident AND episode_id = :episode
            """,
            incidentId,
            ordinal,
            alert);
    if (updated == 0) {
      writeAlert(
          """
          INSERT INTO alert VALUES
            (:incident, :episode, :ordinal, :fingerprint, :state, :severity, :lastSeen, :details)
          """,
          incidentId,
          ordinal,
          alert);
    }
  }

  void replaceDeadlines(Incident incident) {
    handle.execute("DELETE FROM timer WHERE incident_id = ?", incident.id());
    if (incident.deadlines().isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch("INSERT INTO timer VALUES (:incident, :kind, :due)");
    incident
        .deadlines()
        .forEach(
            (kind, due) ->
                batch
                    .bind("incident", incident.id())
                    .bind("kind", kind.name())
                    .bind("due", Micros.of(due))
                    .add());
    batch.execute();
  }

  private int writeAlert(String sql, String incidentId, int ordinal, Alert alert) {
    return handle
        .createUpdate(sql)
        .bind("incident", incidentId)
        .bind("episode", alert.episodeId())
        .bind("ordinal", ordinal)
        .bind("fingerprint", alert.problem().fingerprint())
        .bind("state", alert.state().name())
        .bind("severity", alert.severity().name())
        .bind("lastSeen", Micros.of(alert.lastSeenAt()))
        .bind("details", AlertJson.write(alert))
        .execute();
  }

  private Map<String, List<Alert>> alerts(List<String> ids) {
    Map<String, List<Alert>> byIncident = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT incident_id, details FROM alert
            WHERE incident_id IN (<ids>) ORDER BY incident_id, ordinal
            """)
        .bindList("ids", ids)
        .map((row, context) -> Map.entry(row.getString(1), AlertJson.read(row.getString(2))))
        .forEach(
            entry ->
                byIncident
                    .computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                    .add(entry.getValue()));
    return byIncident;
  }

  private Map<String, Map<TimerKind, Instant>> deadlines(List<String> ids) {
    Map<String, Map<TimerKind, Instant>> byIncident = new HashMap<>();
    handle
        .createQuery("SELECT * FROM timer WHERE incident_id IN (<ids>)")
        .bindList("ids", ids)
        .map(
            (row, context) ->
                new Timers.Due(
                    row.getString("incident_id"),
                    TimerKind.valueOf(row.getString("kind")),
                    Micros.instant(row.getLong("due_at_micros"))))
        .forEach(
            due ->
                byIncident
                    .computeIfAbsent(due.incidentId(), id -> new EnumMap<>(TimerKind.class))
                    .put(due.kind(), due.at()));
    return byIncident;
  }

  private static Incident incident(ResultSet row) throws SQLException {
    return new Incident(
        row.getString("id"),
        new Slot(
            row.getString("fleet"),
            row.getString("replication_group"),
            CauseClass.valueOf(row.getString("cause"))),
        IncidentStatus.valueOf(row.getString("status")),
        Severity.valueOf(row.getString("severity")),
        row.getString("title"),
        Micros.instant(row.getLong("opened_at_micros")),
        acknowledgement(row),
        resolution(row),
        row.getInt("reopen_count"),
        row.getLong("revision"),
        List.of(),
        Map.of());
  }

  private static @Nullable Acknowledgement acknowledgement(ResultSet row) throws SQLException {
    long at = row.getLong("acknowledged_at_micros");
    return row.wasNull()
        ? null
        : new Acknowledgement(row.getString("acknowledged_by"), Micros.instant(at));
  }

  private static @Nullable Resolution resolution(ResultSet row) throws SQLException {
    long at = row.getLong("resolved_at_micros");
    return row.wasNull()
        ? null
        : new Resolution(
            row.getString("resolved_by"), Micros.instant(at), row.getBoolean("resolved_manually"));
  }

  private static Incident whole(
      Incident bare, List<Alert> alerts, Map<TimerKind, Instant> deadlines) {
    return new Incident(
        bare.id(),
        bare.slot(),
        bare.status(),
        bare.severity(),
        bare.title(),
        bare.openedAt(),
        bare.acknowledgement(),
        bare.resolution(),
        bare.reopenCount(),
        bare.revision(),
        alerts,
        deadlines);
  }
}
