package io.emberwatch.alerter.web.page;

import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.Resolution;
import java.time.Duration;
import java.time.Instant;

/**
 * One incident as a row of a list.
 *
 * @param alerts such as {@code 3 alerts}
 * @param lasted how long it lasted, or has lasted so far
 */
record IncidentRowView(
    String id,
    String title,
    String place,
    String cause,
    Labels.Badge severity,
    Labels.Badge status,
    String alerts,
    Times.Moment opened,
    String lasted) {

  static IncidentRowView of(Incident incident, Instant now) {
    Resolution resolution = incident.resolution();
    Instant end = resolution == null ? now : resolution.at();
    int active = incident.activeAlerts().size();
    return new IncidentRowView(
        incident.id(),
        incident.title(),
        incident.slot().place(),
        Labels.cause(incident.slot().cause()),
        Labels.severity(incident.severity()),
        Labels.status(incident.status()),
        Labels.number(active, "alert"),
        Times.moment(incident.openedAt(), now),
        Times.length(Duration.between(incident.openedAt(), end)));
  }
}
