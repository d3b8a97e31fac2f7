/**
 * Schemas and their ids: a client of the schema registry's REST API as Confluent documents it.
 *
 * <p>Entry classes: {@link io.emberwatch.schemas.registry.SchemaRegistryClient}, and {@link
 * io.emberwatch.schemas.registry.InMemorySchemas} for tests without a registry. It knows neither
 * topics nor records.
 */
@NullMarked
package io.emberwatch.schemas.registry;

import org.jspecify.annotations.NullMarked;
