package io.emberwatch.local.journey;

import java.util.List;

/**
 * Servers that run already, as this JVM reaches them.
 *
 * @param registryUrl of the schema registry
 */
public record Servers(
    String bootstrapServers, String registryUrl, AlerterDatabase database, List<RedisPair> pairs) {

  /** Copies the pairs. */
  public Servers {
    pairs = List.copyOf(pairs);
  }
}
