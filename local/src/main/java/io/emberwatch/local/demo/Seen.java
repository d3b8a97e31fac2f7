package io.emberwatch.local.demo;

import java.time.Instant;

/**
 * Something the demo has received.
 *
 * @param at when it arrived here
 * @param what the record or message
 */
public record Seen<T>(Instant at, T what) {}
