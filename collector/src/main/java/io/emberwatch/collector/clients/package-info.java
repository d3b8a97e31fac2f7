/**
 * CLIENT LIST's bytes to a census: {@link io.emberwatch.collector.clients.ClientListReader}. Pure;
 * must not know servers, targets or Kafka.
 */
@NullMarked
package io.emberwatch.collector.clients;

import org.jspecify.annotations.NullMarked;
