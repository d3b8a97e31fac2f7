/**
 * What sentinels say: {@link io.emberwatch.collector.sentinel.SentinelReading} reads their replies,
 * {@link io.emberwatch.collector.sentinel.SentinelSubscriptions} listens to their announcements.
 * The package must not know Kafka, or when a target is polled.
 */
@NullMarked
package io.emberwatch.collector.sentinel;

import org.jspecify.annotations.NullMarked;
