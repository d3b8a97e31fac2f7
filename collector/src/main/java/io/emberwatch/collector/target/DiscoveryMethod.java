package io.emberwatch.collector.target;

import java.util.List;
import java.util.Optional;

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

  /**
   * Sentinels name primaries, their replicas and each other.
   *
   * @param seeds some of the sentinels, one or more
   * @param masters names of the primaries that are wanted; empty for all
   * @param login to the sentinels, which is not the servers'; empty for none
   */
  record Sentinel(List<ServerAddress> seeds, List<String> masters, Optional<Credentials> login)
      implements DiscoveryMethod {

    public Sentinel {
      seeds = List.copyOf(seeds);
      masters = List.copyOf(masters);
      if (seeds.isEmpty()) {
        throw new IllegalArgumentException("sentinels need a seed");
      }
    }

    @Override
    public String name() {
      return "sentinel";
    }

    @Override
    public String origin() {
      return joined(seeds);
    }
  }

  /**
   * Names in DNS that stand for servers.
   *
   * @param kind what is asked for
   * @param names one or more; of {@link Kind#ADDRESS} each with the port of its servers
   * @param grouping which servers are one replication group
   * @param servers of DNS, as addresses; empty for those of the host
   */
  record Dns(Kind kind, List<ServerAddress> names, Grouping grouping, List<ServerAddress> servers)
      implements DiscoveryMethod {

    /** What a name is asked for. */
    public enum Kind {
      /** A and AAAA: all addresses of a name. */
      ADDRESS,
      /** Names and ports. */
      SRV
    }

    /** Which servers are one replication group. */
    public enum Grouping {
      /** All servers of a name. */
      NAME,
      /** Each for itself. */
      SERVER
    }

    public Dns {
      names = List.copyOf(names);
      servers = List.copyOf(servers);
      if (names.isEmpty()) {
        throw new IllegalArgumentException("a discovery by DNS needs a name");
      }
    }

    @Override
    public String name() {
      return kind == Kind.SRV ? "srv" : "dns";
    }

    @Override
    public String origin() {
      return kind == Kind.ADDRESS
          ? joined(names)
          : String.join(", ", names.stream().map(ServerAddress::host).toList());
    }
  }

  private static String joined(List<ServerAddress> addresses) {
    return String.join(", ", addresses.stream().map(ServerAddress::toString).toList());
  }
}
