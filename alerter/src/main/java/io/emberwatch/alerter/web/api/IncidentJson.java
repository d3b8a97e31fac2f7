package io.emberwatch.alerter.web.api;

import io.emberwatch.alerter.incident.Acknowledgement;
import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.Resolution;
import io.emberwatch.schemas.Severity;
import org.jspecify.annotations.Nullable;

/**
 * An incident in a list. Times are ISO 8601 in UTC.
 *
 * @param group null for an incident of the fleet
 * @param activeAlerts number of alerts that are not resolved
 */
record IncidentJson(
    String id,
    String status,
    String severity,
    String cause,
    String title,
    String fleet,
    @Nullable String group,
    String openedAt,
    @Nullable Mark acknowledged,
    @Nullable End resolved,
    int reopenCount,
    long revision,
    int activeAlerts,
    int criticalAlerts) {

  /** Who took it, and when. */
  record Mark(String by, String at) {}

  /** Who ended it, when, and whether a person did. */
  record End(String by, String at, boolean manual) {}

  static IncidentJson of(Incident incident) {
    Acknowledgement acknowledged = incident.acknowledgement();
    Resolution resolved = incident.resolution();
    return new IncidentJson(
        incident.id(),
        Json.word(incident.status()),
        Json.word(incident.severity()),
        Json.word(incident.slot().cause()),
        incident.title(),
        incident.slot().fleet(),
        incident.slot().group(),
        incident.openedAt().toString(),
        acknowledged == null ? null : new Mark(acknowledged.actor(), acknowledged.at().toString()),
        resolved == null
            ? null
            : new End(resolved.actor(), resolved.at().toString(), resolved.manual()),
        incident.reopenCount(),
        incident.revision(),
        incident.activeAlerts().size(),
        (int)
            incident.activeAlerts().stream()
                .filter(alert -> alert.severity() == Severity.CRITICAL)
                .count());
  }
}
