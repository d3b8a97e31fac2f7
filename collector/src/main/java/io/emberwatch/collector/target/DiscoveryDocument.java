package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the section {@code discover} of a group: one method, and how often to look. */
final class DiscoveryDocument {

  private static final Set<String> METHODS = Set.of("cluster");

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
    return cluster(discover, fleet, name, refresh, settings);
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
