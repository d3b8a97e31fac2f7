package io.emberwatch.schemas.compatibility;

import io.emberwatch.schemas.topic.Topic;
import io.emberwatch.schemas.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;

/**
 * The published versions of every topic's schema, kept in the jar as {@code
 * history/<subject>/v<n>.avsc}, and what the schemas of today must be: able to read them all.
 */
public final class SchemaHistory {

  private SchemaHistory() {}

  /** Published versions of a topic's schema, oldest first. */
  public static List<Schema> versions(Topic<?, ?> topic) {
    List<Schema> versions = new ArrayList<>();
    Optional<Schema> version = load(topic, 1);
    while (version.isPresent()) {
      versions.add(version.get());
      version = load(topic, versions.size() + 1);
    }
    return versions;
  }

  /**
   * What breaks BACKWARD_TRANSITIVE, one line each, with topic, version and field; empty when all
   * is well. A topic without a published version is a problem too.
   */
  public static List<String> check() {
    return Topics.all().stream().flatMap(topic -> check(topic, topic.schema()).stream()).toList();
  }

  /** Topics whose schema differs from its latest published version: {@link #record} them. */
  public static List<String> unrecorded() {
    return Topics.all().stream().filter(SchemaHistory::isUnrecorded).map(Topic::name).toList();
  }

  /**
   * Writes the schemas that differ from their latest published version as the next version.
   *
   * @param resources the folder {@code schemas/src/main/resources} of a checkout
   * @return files written
   */
  public static List<Path> record(Path resources) {
    return Topics.all().stream()
        .filter(SchemaHistory::isUnrecorded)
        .map(topic -> write(resources, topic))
        .toList();
  }

  static List<String> check(Topic<?, ?> topic, Schema candidate) {
    List<Schema> versions = versions(topic);
    List<String> problems = new ArrayList<>();
    if (versions.isEmpty()) {
      problems.add(topic.name() + ": no version is recorded");
    }
    for (int i = 0; i < versions.size(); i++) {
      for (String problem : Compatibility.problems(candidate, versions.get(i))) {
        problems.add("%s: cannot read version %d: %s".formatted(topic.name(), i + 1, problem));
      }
    }
    return problems;
  }

  private static boolean isUnrecorded(Topic<?, ?> topic) {
    List<Schema> versions = versions(topic);
    return versions.isEmpty()
        || !versions.get(versions.size() - 1).toString().equals(topic.schema().toString());
  }

  private static Path write(Path resources, Topic<?, ?> topic) {
    Path file = resources.resolve(resource(topic, versions(topic).size() + 1).substring(1));
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, SchemaFormatter.format("json/pretty", topic.schema()) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static Optional<Schema> load(Topic<?, ?> topic, int version) {
    try (InputStream in = SchemaHistory.class.getResourceAsStream(resource(topic, version))) {
      return in == null ? Optional.empty() : Optional.of(new Schema.Parser().parse(in));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource(topic, version), e);
    }
  }

  private static String resource(Topic<?, ?> topic, int version) {
    return "/io/emberwatch/schemas/history/%s/v%d.avsc".formatted(topic.subject(), version);
  }
}
