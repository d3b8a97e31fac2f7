package io.emberwatch.schemas.registry;

import org.apache.avro.Schema;

/**
 * A schema as the registry keeps it.
 *
 * @param subject subject it was registered in
 * @param version its number in the subject, from 1
 * @param id its id in the registry
 * @param schema the schema
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
