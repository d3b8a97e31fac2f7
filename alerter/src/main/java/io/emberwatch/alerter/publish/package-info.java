/**
 * Incidents for downstream: what happened to an incident is written to the database together with
 * the change itself, and from there to the topic of incidents. Start at {@link
 * io.emberwatch.alerter.publish.IncidentPublisher}. The package decides nothing.
 */
@NullMarked
package io.emberwatch.alerter.publish;

import org.jspecify.annotations.NullMarked;
