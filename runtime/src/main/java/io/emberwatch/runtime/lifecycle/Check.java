package io.emberwatch.runtime.lifecycle;

import java.time.Instant;

/**
 * How one component is.
 *
 * @param component such as {@code kafka-producer}
 * @param ok whether it does its work
 * @param detail one line for a person, without secrets
 * @param since when {@code ok} took its present value
 */
public record Check(String component, boolean ok, String detail, Instant since) {}
