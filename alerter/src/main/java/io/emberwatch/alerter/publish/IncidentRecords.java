package io.emberwatch.alerter.publish;

import io.emberwatch.alerter.incident.Acknowledgement;
import io.emberwatch.alerter.incident.Alert;
import io.emberwatch.alerter.incident.Effect;
import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.Resolution;
import io.emberwatch.schemas.IncidentAlert;
import io.emberwatch.schemas.IncidentEventKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The domain's incident as the contract's record, and that record as bytes for the database. */
public final class IncidentRecords {

  /** A record stays far below the broker's limit of 1 MB; the newest alerts are the ones kept. */
  private static final int MAX_ALERTS = 500;

  private IncidentRecords() {}

  /** The record of one event of an incident's life. */
  public static io.emberwatch.schemas.Incident of(Effect.Recorded event, IncidentEventKind kind) {
    Incident incident = event.after();
    Acknowledgement acknowledgement = incident.acknowledgement();
    Resolution resolution = incident.resolution();
    return io.emberwatch.schemas.Incident.newBuilder()
        .setIncidentId(incident.id())
        .setRevision(incident.revision())
        .setEvent(kind)
        .setOccurredAt(event.at())
        .setActor(event.actor())
        .setNote(event.text())
        .setStatus(incident.status())
        .setSeverity(incident.severity())
        .setCause(incident.slot().cause())
        .setTitle(incident.title())
        .setFleet(incident.slot().fleet())
        .setGroup(incident.slot().group())
        .setReopenCount(incident.reopenCount())
        .setOpenedAt(incident.openedAt())
        .setAcknowledgedAt(acknowledgement == null ? null : acknowledgement.at())
        .setAcknowledgedBy(acknowledgement == null ? null : acknowledgement.actor())
        .setResolvedAt(resolution == null ? null : resolution.at())
        .setAlerts(alerts(incident))
        .build();
  }

  /** Avro's single-object encoding: it carries the schema's fingerprint, so a misread is caught. */
  public static byte[] toBytes(io.emberwatch.schemas.Incident incident) {
    try {
      ByteBuffer buffer = incident.toByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  /**
   * The record in the bytes.
   *
   * @throws IllegalStateException when they were written with a schema that this version lacks
   */
  public static io.emberwatch.schemas.Incident fromBytes(byte[] bytes) {
    try {
      return io.emberwatch.schemas.Incident.fromByteBuffer(ByteBuffer.wrap(bytes));
    } catch (IOException | org.apache.avro.AvroRuntimeException e) {
      throw new IllegalStateException("a stored incident event cannot be read", e);
    }
  }

  private static List<IncidentAlert> alerts(Incident incident) {
    List<Alert> alerts = incident.alerts();
    return alerts.subList(Math.max(0, alerts.size() - MAX_ALERTS), alerts.size()).stream()
        .map(IncidentRecords::alert)
        .toList();
  }

  private static IncidentAlert alert(Alert alert) {
    return IncidentAlert.newBuilder()
        .setFingerprint(alert.problem().fingerprint())
        .setRuleId(alert.problem().ruleId())
        .setScopeId(alert.problem().scopeId())
        .setSeverity(alert.severity())
        .setCause(alert.problem().cause())
        .setFiring(alert.active())
        .setSummary(alert.finding().summary())
        .setValue(alert.finding().value())
        .setThreshold(alert.finding().threshold())
        .setFiredAt(alert.firedAt())
        .setResolvedAt(alert.resolvedAt())
        .build();
  }
}
