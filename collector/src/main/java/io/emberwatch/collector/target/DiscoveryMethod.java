package io.emberwatch.collector.target;

import java.util.List;

/**
 * How the servers of a {@link Discovery} are found, with what each way needs to know. A new way is
 * a record here, a reader in {@link DiscoveryDocument}, and a {@code Discoverer}.
 */
public sealed interface DiscoveryMethod {

  /** One word, as the targets file and the logs have it. */
  String name();

  /** Where it begins, for people: {@code 10.0.0.1:6379, 10.0.0.2:6379}. */
  String origin();

  /**
   * Any node of a Redis Cluster names all of them.
   *
   * @param seeds some of its nodes, one or more
   */
  record Cluster(List<ServerAddress> seeds) implements DiscoveryMethod {

    public Cluster {
      seeds = List.copyOf(seeds);
      if (seeds.isEmpty()) {
        throw new IllegalArgumentException("a cluster needs a seed");
      }
    }

    @Override
    public String name() {
      return "cluster";
    }

    @Override
    public String origin() {
      return joined(seeds);
    }
  }

  private static String joined(List<ServerAddress> addresses) {
    return String.join(", ", addresses.stream().map(ServerAddress::toString).toList());
  }
}
