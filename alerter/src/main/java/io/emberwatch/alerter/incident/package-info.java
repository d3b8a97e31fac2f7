/**
 * What an incident is and how it lives, as pure Java: breaches are merged into alerts, alerts are
 * grouped into incidents, and every change is a value.
 *
 * <p>Start at {@link io.emberwatch.alerter.incident.IncidentMachine}: state and event in, new state
 * and effects out. The package must not know Kafka, SQL, HTTP or a clock; it uses the enums of the
 * contract and nothing else from outside.
 *
 * <p>Left to later issues, on purpose: escalation steps, acknowledgement reminders, flapping,
 * silences, maintenance, and the rule that a dead instance explains the replica alarms of its
 * group. Until then a dead primary opens two incidents, one of cause AVAILABILITY and one of cause
 * REPLICATION.
 */
@NullMarked
package io.emberwatch.alerter.incident;

import org.jspecify.annotations.NullMarked;
