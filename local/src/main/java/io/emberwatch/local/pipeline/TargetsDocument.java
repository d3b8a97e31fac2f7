package io.emberwatch.local.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The targets file of a local pipeline.
 *
 * @param tier cache, store, queue or unspecified; of all groups
 * @param pollInterval time between polls
 * @param groups addresses as {@code host:port} by name of the replication group
 */
public record TargetsDocument(
    String tier, Duration pollInterval, SortedMap<String, List<String>> groups) {

  /** Copies the groups. */
  public TargetsDocument {
    groups = new TreeMap<>(groups);
  }

  /** One group. */
  public TargetsDocument(String group, String tier, Duration pollInterval, List<String> instances) {
    this(tier, pollInterval, new TreeMap<>(Map.of(group, instances)));
  }

  /** Writes it as YAML. */
  void write(Path file) throws IOException {
    StringBuilder yaml = new StringBuilder("# Written by emberwatch local at each start.\n");
    yaml.append("fleet: local\n");
    yaml.append("defaults:\n");
    yaml.append("  poll-interval: ").append(pollInterval.toMillis()).append("ms\n");
    yaml.append("  tier: ").append(tier).append('\n');
    yaml.append("  keyspace-events: {enabled: true}\n");
    yaml.append("groups:\n");
    groups.forEach((name, addresses) -> append(yaml, name, addresses));
    Files.writeString(file, yaml, StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder yaml, String name, List<String> addresses) {
    yaml.append("  \"").append(name).append("\":\n    instances:\n");
    addresses.forEach(address -> yaml.append("      - \"").append(address).append("\"\n"));
  }
}
