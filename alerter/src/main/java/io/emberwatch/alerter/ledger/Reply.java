package io.emberwatch.alerter.ledger;

import io.emberwatch.alerter.incident.Incident;

/** Reply to what a person asked of an incident. */
public sealed interface Reply {

  /** It is done. */
  record Done(Incident incident) implements Reply {}

  /** It was so already: asking twice does no harm. */
  record Unchanged(Incident incident) implements Reply {}

  /** The incident's state does not allow it (HTTP 409). */
  record Conflict(Incident incident, String reason) implements Reply {}

  /** There is no such incident (HTTP 404). */
  record NotFound(String incidentId) implements Reply {}
}
