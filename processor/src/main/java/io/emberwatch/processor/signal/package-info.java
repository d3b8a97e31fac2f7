/**
 * Derives signals from two samples of a server: {@code SignalMath} is the entry. Pure: no clock, no
 * logger, no I/O. The package must not know Kafka, rules or groups.
 */
@NullMarked
package io.emberwatch.processor.signal;

import org.jspecify.annotations.NullMarked;
