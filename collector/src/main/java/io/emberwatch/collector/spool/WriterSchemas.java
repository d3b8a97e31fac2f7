package io.emberwatch.collector.spool;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Schemas of the records under way: those that this collector writes, and those of an older one
 * whose records are still in the spool. Thread-safe.
 */
public final class WriterSchemas {

  private final Map<WriterSchema, Schema> written = new ConcurrentHashMap<>();
  private final Map<WriterSchema, Schema> found = new ConcurrentHashMap<>();

  /** Adds a schema that this collector writes a topic with. */
  public WriterSchema write(String topic, Schema schema) {
    WriterSchema name = WriterSchema.of(topic, schema);
    written.putIfAbsent(name, schema);
    return name;
  }

  /** Those that this collector writes. */
  public Set<WriterSchema> written() {
    return Set.copyOf(written.keySet());
  }

  /** Those that are only in the spool. */
  public Set<WriterSchema> found() {
    Set<WriterSchema> names = new HashSet<>(found.keySet());
    names.removeAll(written.keySet());
    return names;
  }

  /** Topics of all of them, in a set of the caller's own. */
  public Set<String> topics() {
    Set<String> topics = new HashSet<>();
    written.keySet().forEach(name -> topics.add(name.topic()));
    found.keySet().forEach(name -> topics.add(name.topic()));
    return topics;
  }

  /** The schema; empty when the spool held records of it and not the schema itself. */
  public Optional<Schema> find(WriterSchema name) {
    return Optional.ofNullable(written.get(name)).or(() -> Optional.ofNullable(found.get(name)));
  }

  void found(WriterSchema name, Schema schema) {
    found.put(name, schema);
  }
}
