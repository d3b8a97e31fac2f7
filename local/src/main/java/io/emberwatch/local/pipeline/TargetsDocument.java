package io.emberwatch.local.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The targets file of a local pipeline: one group of servers.
 *
 * @param group name of the replication group
 * @param tier cache, store or queue
 * @param pollInterval time between polls
 * @param instances addresses as {@code host:port}, at least one
 */
public record TargetsDocument(
    String group, String tier, Duration pollInterval, List<String> instances) {

  /** Copies the addresses. */
  public TargetsDocument {
    instances = List.copyOf(instances);
  }

  /** Writes it as YAML. */
  void write(Path file) throws IOException {
    StringBuilder yaml = new StringBuilder("# Written by emberwatch local at each start.\n");
    yaml.append("fleet: local\n");
    yaml.append("defaults:\n");
    yaml.append("  poll-interval: ").append(pollInterval.toMillis()).append("ms\n");
    yaml.append("  tier: ").append(tier).append('\n');
    yaml.append("groups:\n");
    yaml.append("  ").append(group).append(":\n");
    yaml.append("    keyspace-events: {enabled: true}\n");
    yaml.append("    instances:\n");
    instances.forEach(address -> yaml.append("      - \"").append(address).append("\"\n"));
    Files.writeString(file, yaml, StandardCharsets.UTF_8);
  }
}
