/**
 * The processor service: one Kafka Streams application, samples in; signals, rates, breaches and
 * health out. {@code ProcessorCommand} is its command line. The pure packages below must not know
 * Kafka; only {@code topology} and this package do.
 */
@NullMarked
package io.emberwatch.processor;

import org.jspecify.annotations.NullMarked;
