/**
 * Keeping a target subscribed: {@link io.emberwatch.collector.subscribe.Subscription} holds one
 * connection, proves that it is alive and replaces it after a growing delay; a {@link
 * io.emberwatch.collector.subscribe.Subscriber} takes what arrives. The package must not know what
 * the messages mean, nor Kafka.
 */
@NullMarked
package io.emberwatch.collector.subscribe;

import org.jspecify.annotations.NullMarked;
