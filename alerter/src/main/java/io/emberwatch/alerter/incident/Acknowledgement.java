package io.emberwatch.alerter.incident;

import java.time.Instant;

/** Somebody has taken the incident. */
public record Acknowledgement(String actor, Instant at) {}
