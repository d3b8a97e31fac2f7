/**
 * A real one-node Kafka broker in this JVM. Entry class: {@link
 * io.emberwatch.embedded.broker.EmbeddedBroker}. It must not know topics, schemas or services.
 */
@NullMarked
package io.emberwatch.embedded.broker;

import org.jspecify.annotations.NullMarked;
