package io.emberwatch.collector.fleet;

import io.emberwatch.collector.target.Definitions;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.Target;
import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.ConfigText;
import io.emberwatch.schemas.TargetDefinition;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A targets document in parts, each the document of one target or one discovery alone, with the
 * defaults and group settings that it inherits as they are written. So a file and the topic are
 * read by the same reader, which knows nothing of either. Pure.
 */
public final class SharedDefinition {

  private static final String INSTANCES = "instances";
  private static final String DISCOVER = "discover";

  private SharedDefinition() {}

  /**
   * The records of a document, by target id.
   *
   * @param document of which nothing was read yet
   * @param at when they are written to the topic
   * @throws ConfigException with every problem of the document, each with its line and key
   */
  public static SortedMap<String, TargetDefinition> split(ConfigReader document, Instant at) {
    Definitions.read(document);
    SortedMap<String, TargetDefinition> records = new TreeMap<>();
    for (String text : parts(document.tree())) {
      String source = document.place().file();
      Definitions one = Definitions.read(ConfigReader.ofYaml(source, text).forElsewhere());
      TargetDefinition record = record(one, text, at);
      records.put(record.getTargetId(), record);
    }
    return records;
  }

  /**
   * What a record of the topic asks for: one target or one discovery.
   *
   * @param folder what relative paths are relative to
   * @throws ConfigException with every problem of the definition
   * @throws IllegalArgumentException if it defines something other than its key says
   */
  static Definitions read(String key, TargetDefinition record, Path folder) {
    return read(key, ConfigReader.ofYaml(source(folder), record.getDefinition()));
  }

  /**
   * All that the topic asks for.
   *
   * @throws ConfigException with the problems of the first definition that has any
   * @throws TargetsTopicException if a record is no definition
   */
  public static Definitions readAll(TargetsTopic.Contents contents, Path folder) {
    if (!contents.unreadable().isEmpty()) {
      throw new TargetsTopicException("records that are no definition: " + contents.unreadable());
    }
    List<Target> targets = new ArrayList<>();
    List<Discovery> discoveries = new ArrayList<>();
    contents
        .definitions()
        .forEach(
            (key, record) -> {
              Definitions one = read(key, record, folder);
              targets.addAll(one.targets());
              discoveries.addAll(one.discoveries());
            });
    return new Definitions(targets, discoveries);
  }

  private static Definitions read(String key, ConfigReader document) {
    Definitions found = Definitions.read(document);
    if (!found.ids().equals(List.of(key))) {
      throw new IllegalArgumentException("defines " + found.ids() + " under the key " + key);
    }
    return found;
  }

  private static String source(Path folder) {
    return folder.resolve("emberwatch.targets").toString();
  }

  private static List<String> parts(Map<String, Object> document) {
    List<String> parts = new ArrayList<>();
    asMap(document.get("groups"))
        .forEach(
            (name, group) -> {
              Map<String, Object> shared = new LinkedHashMap<>(asMap(group));
              Object instances = shared.remove(INSTANCES);
              Object discover = shared.remove(DISCOVER);
              if (instances instanceof List<?> list) {
                list.forEach(
                    one -> parts.add(part(document, name, shared, INSTANCES, List.of(one))));
              }
              if (discover != null) {
                parts.add(part(document, name, shared, DISCOVER, discover));
              }
            });
    return parts;
  }

  private static String part(
      Map<String, Object> document,
      String groupName,
      Map<String, Object> group,
      String key,
      Object value) {
    Map<String, Object> own = new LinkedHashMap<>(group);
    own.put(key, value);
    Map<String, Object> part = new LinkedHashMap<>(document);
    part.put("groups", Map.of(groupName, own));
    return ConfigText.of(part);
  }

  @SuppressWarnings("unchecked") // The keys of a document's tree are texts.
  private static Map<String, Object> asMap(@Nullable Object node) {
    return node instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static TargetDefinition record(Definitions one, String text, Instant at) {
    TargetDefinition.Builder record =
        TargetDefinition.newBuilder()
            .setDefinition(text)
            .setAppliedAt(at.truncatedTo(ChronoUnit.MICROS));
    if (one.targets().isEmpty()) {
      Discovery discovery = one.discoveries().get(0);
      return record
          .setTargetId(discovery.id())
          .setFleet(discovery.fleet())
          .setGroup(discovery.group())
          .setTier(discovery.settings().tier())
          .setLabels(discovery.settings().labels())
          .setPollIntervalMillis(discovery.settings().pollInterval().toMillis())
          .build();
    }
    Target target = one.targets().get(0);
    return record
        .setTargetId(target.instanceId())
        .setFleet(target.fleet())
        .setGroup(target.group())
        .setHost(target.host())
        .setPort(target.port())
        .setTier(target.tier())
        .setLabels(target.labels())
        .setPollIntervalMillis(target.pollInterval().toMillis())
        .build();
  }
}
