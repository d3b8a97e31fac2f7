package io.emberwatch.alerter.ledger;

import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.store.Notification;
import io.emberwatch.alerter.store.Timeline.TimelineRow;
import java.util.List;

/**
 * All that is on record of one incident.
 *
 * @param timeline oldest first; the newest {@value Incidents#MAX_ROWS} rows
 * @param notifications oldest first; the newest {@value Incidents#MAX_ROWS}
 */
public record IncidentFile(
    Incident incident, List<TimelineRow> timeline, List<Notification> notifications) {}
