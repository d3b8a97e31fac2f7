/**
 * Bytes that no server should send, at the two places where bytes come in: the protocol and INFO. A
 * few seconds of it in each build; minutes by hand with {@code -Demberwatch.fuzz.minutes=10}.
 */
@NullMarked
package io.emberwatch.collector.fuzz;

import org.jspecify.annotations.NullMarked;
