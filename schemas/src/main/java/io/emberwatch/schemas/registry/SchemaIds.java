package io.emberwatch.schemas.registry;

import org.apache.avro.Schema;

/** What reading and writing the wire format needs to know: ids of schemas. Thread-safe. */
public interface SchemaIds {

  /**
   * Id under which a schema is known in a subject.
   *
   * @throws RegistryException if it is not, or the registry cannot say
   */
  int idOf(String subject, Schema schema);

  /**
   * Schema with an id.
   *
   * @throws RegistryException with {@code NOT_FOUND} if there is none, or the registry cannot say
   */
  Schema schemaOf(int id);
}
