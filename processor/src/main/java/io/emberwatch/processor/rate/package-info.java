/**
 * Summarises signals over tumbling windows with quantile sketches: {@code WindowMath} is the entry.
 * Pure: no clock, no logger, no I/O. The package must not know Kafka or how signals are derived.
 */
@NullMarked
package io.emberwatch.processor.rate;

import org.jspecify.annotations.NullMarked;
