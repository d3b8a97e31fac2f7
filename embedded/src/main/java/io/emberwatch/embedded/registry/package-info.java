/**
 * A schema registry for Avro that speaks a subset of Confluent's REST API. Entry class: {@link
 * io.emberwatch.embedded.registry.EmbeddedRegistry}. It must not know Kafka or our own schemas.
 */
@NullMarked
package io.emberwatch.embedded.registry;

import org.jspecify.annotations.NullMarked;
