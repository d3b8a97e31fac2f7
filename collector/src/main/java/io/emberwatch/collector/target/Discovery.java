package io.emberwatch.collector.target;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Servers that are asked for instead of listed. Two are equal when everything about them is.
 *
 * @param fleet of the servers that are found
 * @param group name of the discovery, and the beginning of the names of the groups it finds; once
 *     in a fleet
 * @param method how they are found
 * @param refreshInterval between two looks while nothing hints at a change
 * @param settings what the targets inherit
 */
public record Discovery(
    String fleet,
    String group,
    DiscoveryMethod method,
    Duration refreshInterval,
    TargetSettings settings) {

  /** A change that nothing hints at is seen within this time, unless the file says otherwise. */
  public static final Duration MAX_DEFAULT_REFRESH = Duration.ofSeconds(15);

  /** More often costs each server more than its poll. */
  public static final Duration MIN_REFRESH = Duration.ofSeconds(1);

  /** A discovery that looks as often as its targets are polled, every 1 to 15 s. */
  public static Discovery of(
      String fleet, String group, DiscoveryMethod method, TargetSettings settings) {
    return new Discovery(fleet, group, method, defaultRefresh(settings), settings);
  }

  static Duration defaultRefresh(TargetSettings settings) {
    Duration poll = settings.pollInterval();
    Duration capped = poll.compareTo(MAX_DEFAULT_REFRESH) > 0 ? MAX_DEFAULT_REFRESH : poll;
    return capped.compareTo(MIN_REFRESH) < 0 ? MIN_REFRESH : capped;
  }

  /** {@code fleet/group}: tells it from all others. */
  public String id() {
    return fleet + "/" + group;
  }

  /**
   * A server that was found.
   *
   * @param inGroup its replication group
   * @param labels beside the inherited ones, which win
   */
  public Target target(String inGroup, ServerAddress address, Map<String, String> labels) {
    return settings.withLabels(labels).target(fleet, inGroup, address);
  }

  /**
   * A sentinel that was found.
   *
   * @param login its own, not the servers'
   */
  public Target sentinel(
      String inGroup,
      ServerAddress address,
      Optional<Credentials> login,
      Map<String, String> labels) {
    return settings.ofSentinels(login).withLabels(labels).target(fleet, inGroup, address);
  }
}
