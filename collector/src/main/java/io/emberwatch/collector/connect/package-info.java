/**
 * Connections to Redis over Lettuce: {@link io.emberwatch.collector.connect.RedisConnector} opens
 * them, {@link io.emberwatch.collector.connect.Exchange} sends one command and classes what comes
 * back. Nothing here reconnects or repeats by itself. The package must not know Kafka, INFO or when
 * a target is polled.
 */
@NullMarked
package io.emberwatch.collector.connect;

import org.jspecify.annotations.NullMarked;
