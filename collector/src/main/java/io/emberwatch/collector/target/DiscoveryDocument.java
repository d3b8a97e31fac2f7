package io.emberwatch.collector.target;

import io.emberwatch.collector.target.DiscoveryMethod.Dns.Grouping;
import io.emberwatch.collector.target.DiscoveryMethod.Dns.Kind;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the section {@code discover} of a group: one method, and how often to look. */
final class DiscoveryDocument {

  private static final Set<String> METHODS =
      new TreeSet<>(Set.of("cluster", "dns", "sentinel", "srv"));

  private static final Duration MAX_REFRESH = Duration.ofMinutes(10);

  private DiscoveryDocument() {}

  /**
   * The group's discovery; empty when it has none, or one with a problem.
   *
   * @param settings of the group
   */
  static Optional<Discovery> read(
      ConfigReader group, String fleet, String name, TargetSettings settings) {
    Optional<ConfigReader> section = group.optionalSection("discover");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    ConfigReader discover = section.get();
    Duration refresh =
        discover.duration(
            "refresh", Discovery.MIN_REFRESH, MAX_REFRESH, Discovery.defaultRefresh(settings));
    Set<String> asked =
        discover.keys().stream().filter(METHODS::contains).collect(Collectors.toSet());
    if (asked.size() != 1) {
      group.problem("discover", "expected one of " + String.join(", ", METHODS));
    }
    Optional<Discovery> cluster = cluster(discover, fleet, name, refresh, settings);
    Optional<Discovery> sentinel = sentinel(discover, fleet, name, refresh, settings);
    Optional<Discovery> dns = dns(discover, fleet, name, refresh, settings);
    return cluster.or(() -> sentinel).or(() -> dns);
  }

  private static Optional<Discovery> cluster(
      ConfigReader discover, String fleet, String name, Duration refresh, TargetSettings settings) {
    List<ServerAddress> seeds = addresses(discover, "cluster");
    if (seeds.isEmpty()) {
      return Optional.empty();
    }
    TargetSettings own = seeds.get(0).tls().map(settings::encrypted).orElse(settings);
    return Optional.of(
        new Discovery(fleet, name, new DiscoveryMethod.Cluster(seeds), refresh, own));
  }

  private static Optional<Discovery> sentinel(
      ConfigReader discover, String fleet, String name, Duration refresh, TargetSettings settings) {
    List<ServerAddress> seeds = addresses(discover, "sentinel");
    List<String> masters = discover.strings("masters");
    Optional<String> user = discover.optionalString("sentinel-user");
    Optional<Secret> password = discover.secret("sentinel-password");
    if (user.isPresent() && !discover.has("sentinel-password")) {
      discover.problem("sentinel-user", "a user needs a sentinel-password");
    }
    if (seeds.isEmpty()) {
      Stream.of("masters", "sentinel-user", "sentinel-password")
          .filter(discover::has)
          .forEach(key -> discover.problem(key, "is for a discovery by sentinel"));
      return Optional.empty();
    }
    DiscoveryMethod method =
        new DiscoveryMethod.Sentinel(
            seeds, masters, password.map(secret -> new Credentials(user, secret)));
    TargetSettings own = seeds.get(0).tls().map(settings::encrypted).orElse(settings);
    return Optional.of(new Discovery(fleet, name, method, refresh, own));
  }

  private static Optional<Discovery> dns(
      ConfigReader discover, String fleet, String name, Duration refresh, TargetSettings settings) {
    Kind kind = discover.has("srv") ? Kind.SRV : Kind.ADDRESS;
    List<ServerAddress> hosts = addresses(discover, "dns");
    List<ServerAddress> services = addresses(discover, "srv");
    Grouping grouping = discover.choice("grouping", Grouping.class, Grouping.NAME);
    List<ServerAddress> servers = dnsServers(discover);
    List<ServerAddress> names = kind == Kind.SRV ? services : hosts;
    if (names.isEmpty()) {
      Stream.of("grouping", "dns-servers")
          .filter(discover::has)
          .forEach(key -> discover.problem(key, "is for a discovery by dns or srv"));
      return Optional.empty();
    }
    TargetSettings own = names.get(0).tls().map(settings::encrypted).orElse(settings);
    DiscoveryMethod method = new DiscoveryMethod.Dns(kind, names, grouping, servers);
    return Optional.of(new Discovery(fleet, name, method, refresh, own));
  }

  /** Addresses, since a name would need DNS; the port is 53 unless it is said. */
  private static List<ServerAddress> dnsServers(ConfigReader discover) {
    List<ServerAddress> servers = new ArrayList<>();
    for (String text : discover.strings("dns-servers")) {
      boolean hasPort = text.lastIndexOf(':') > text.lastIndexOf(']') && text.contains(":");
      try {
        ServerAddress server = ServerAddress.parse(hasPort ? text : text + ":53");
        if (!server.host().matches("[0-9.]+|.*:.*")) {
          discover.problem("dns-servers", "\"" + text + "\" is a name; expected an IP address");
        }
        servers.add(server);
      } catch (IllegalArgumentException e) {
        discover.problem("dns-servers", String.valueOf(e.getMessage()));
      }
    }
    return servers;
  }

  /**
   * A list of addresses, all with one scheme or none, since what they find is reached in one way.
   */
  private static List<ServerAddress> addresses(ConfigReader discover, String key) {
    List<ServerAddress> addresses = new ArrayList<>();
    for (ConfigReader item : discover.sectionsOrValues(key, "address")) {
      String text = item.string("address");
      if (text.isEmpty()) {
        continue;
      }
      try {
        ServerAddress address = ServerAddress.parse(text);
        if (!addresses.isEmpty() && !addresses.get(0).tls().equals(address.tls())) {
          item.problem("address", "all addresses of a discovery need the same scheme, or none");
        }
        addresses.add(address);
      } catch (IllegalArgumentException e) {
        item.problem("address", String.valueOf(e.getMessage()));
      }
    }
    if (addresses.isEmpty() && discover.has(key)) {
      discover.problem(key, "expected at least one address");
    }
    return addresses;
  }
}
