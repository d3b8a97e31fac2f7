/**
 * Kafka client properties with Emberwatch's defaults, from configuration: {@link
 * io.emberwatch.runtime.kafka.KafkaSettings} reads, {@link
 * io.emberwatch.runtime.kafka.ClientProperties} yields. Kafka's own properties pass through and are
 * never declared again. The package must not know topics, serdes or any service.
 */
@NullMarked
package io.emberwatch.runtime.kafka;

import org.jspecify.annotations.NullMarked;
