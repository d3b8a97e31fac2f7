package io.emberwatch.alerter.incident;

import java.time.Instant;

/**
 * How an incident ended.
 *
 * @param actor {@link IncidentMachine#SYSTEM} or a person's name
 * @param manual a person ended it; alerts may still fire
 */
public record Resolution(String actor, Instant at, boolean manual) {}
