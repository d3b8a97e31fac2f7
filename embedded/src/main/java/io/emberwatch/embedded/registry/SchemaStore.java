package io.emberwatch.embedded.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * Subjects, versions, ids and compatibility levels: in memory, backed by a journal. Every change is
 * on disk before it is visible. Safe for use by several threads.
 */
final class SchemaStore implements AutoCloseable {
  private static final CompatibilityLevel DEFAULT_LEVEL = CompatibilityLevel.BACKWARD_TRANSITIVE;
  private final ObjectMapper json;
  private final RegistryJournal journal;
  private final Map<String, List<SchemaVersion>> subjects = new TreeMap<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, CompatibilityLevel> levels = new HashMap<>();
  private CompatibilityLevel globalLevel = DEFAULT_LEVEL;

  SchemaStore(RegistryJournal journal, ObjectMapper json) {
    this.journal = journal;
    this.json = json;
    journal.entries().forEach(this::apply);
  }

  /** Registers, or finds the same schema under this subject; refuses what is incompatible. */
  synchronized SchemaVersion register(String subject, Schema schema) {
    Optional<SchemaVersion> same = find(subject, schema);
    if (same.isPresent()) {
      return same.get();
    }
    List<SchemaVersion> earlier = subjects.getOrDefault(subject, List.of());
    List<String> faults = SchemaCompatibility.faults(level(subject), schema, earlier);
    if (!faults.isEmpty()) {
      throw RegistryFault.incompatible(subject, faults);
    }
    int id = ids.getOrDefault(schema.toString(), ids.size() + 1);
    SchemaVersion added = new SchemaVersion(subject, earlier.size() + 1, id, schema);
    ObjectNode entry = json.createObjectNode();
    entry.put("type", "schema").put("subject", subject).put("version", added.version());
    journal.append(entry.put("id", id).put("schema", added.text()));
    add(added);
    return added;
  }

  /** The version of a subject that has this schema. */
  synchronized Optional<SchemaVersion> find(String subject, Schema schema) {
    return subjects.getOrDefault(subject, List.of()).stream()
        .filter(version -> version.text().equals(schema.toString()))
        .findFirst();
  }

  /** All subjects in alphabetical order. */
  synchronized List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  /** All versions of a subject, oldest first; empty when there is no such subject. */
  synchronized List<SchemaVersion> versions(String subject) {
    return List.copyOf(subjects.getOrDefault(subject, List.of()));
  }

  /** All uses of an id, by subject; empty when there is no such id. */
  synchronized List<SchemaVersion> uses(int id) {
    return subjects.values().stream().flatMap(List::stream).filter(v -> v.id() == id).toList();
  }

  /** The level that holds for a subject: its own, else the global one. */
  synchronized CompatibilityLevel level(String subject) {
    return levels.getOrDefault(subject, globalLevel);
  }

  /** A subject's own level. */
  synchronized Optional<CompatibilityLevel> ownLevel(String subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  synchronized CompatibilityLevel globalLevel() {
    return globalLevel;
  }

  synchronized void setGlobalLevel(CompatibilityLevel level) {
    journal.append(json.createObjectNode().put("type", "level").put("level", level.name()));
    globalLevel = level;
  }

  synchronized void setLevel(String subject, CompatibilityLevel level) {
    ObjectNode entry = json.createObjectNode().put("type", "level").put("subject", subject);
    journal.append(entry.put("level", level.name()));
    levels.put(subject, level);
  }

  private void apply(JsonNode entry) {
    switch (entry.path("type").asText()) {
      case "schema" -> add(version(entry));
      case "level" -> applyLevel(entry);
      default -> throw new IllegalStateException("unknown entry in the journal: " + entry);
    }
  }

  private static SchemaVersion version(JsonNode entry) {
    return new SchemaVersion(
        entry.path("subject").asText(),
        entry.path("version").asInt(),
        entry.path("id").asInt(),
        new Schema.Parser().parse(entry.path("schema").asText()));
  }

  private void applyLevel(JsonNode entry) {
    CompatibilityLevel level = CompatibilityLevel.valueOf(entry.path("level").asText());
    if (entry.has("subject")) {
      levels.put(entry.path("subject").asText(), level);
    } else {
      globalLevel = level;
    }
  }

  private void add(SchemaVersion version) {
    subjects.computeIfAbsent(version.subject(), subject -> new ArrayList<>()).add(version);
    ids.put(version.text(), version.id());
  }

  @Override
  public synchronized void close() {
    journal.close();
  }
}
