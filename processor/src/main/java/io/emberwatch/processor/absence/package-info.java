/**
 * Silence: an instance that was heard from and is not any more. {@link
 * io.emberwatch.processor.absence.SilenceWatch} judges one instance at one time; {@link
 * io.emberwatch.processor.absence.Progress} says against which time, so that a processor that lags
 * does not take its own lag for silence.
 *
 * <p>Must not know Kafka and has no clock: now is a parameter.
 */
@NullMarked
package io.emberwatch.processor.absence;

import org.jspecify.annotations.NullMarked;
