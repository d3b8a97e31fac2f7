/**
 * Real {@code redis-server} child processes and a small RESP connection to talk to them. Entry
 * class: {@link io.emberwatch.embedded.redis.RedisProcess}. It must not know Kafka or a Redis
 * client library.
 */
@NullMarked
package io.emberwatch.embedded.redis;

import org.jspecify.annotations.NullMarked;
