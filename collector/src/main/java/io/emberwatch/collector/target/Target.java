package io.emberwatch.collector.target;

import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Redis server to watch. Two targets are equal when everything about them is; a reload compares
 * them by {@link #instanceId} and then by equality. Secrets are sources, never values, so {@link
 * #toString} is safe to log.
 *
 * @param fleet the server belongs to; not empty, without a slash
 * @param group replication group: a cluster shard, a sentinel master, or a lone server; not empty,
 *     without a slash
 * @param host name or address
 * @param port 1 to 65535
 * @param tier what the group is for
 * @param labels from the targets file, in its order
 * @param pollInterval between the starts of two polls, 100 ms or more
 * @param credentials empty for a server without a password
 * @param tls empty for a plain connection
 * @param keyNamesAllowed whether names of keys may be published as they are in slow commands;
 *     arguments' values never are
 * @param keyspaceEvents empty unless the target opted in to keyspace notifications
 * @param streams whose figures are wanted; at most {@value StreamKey#MAX}
 * @param clientCensus whether and how its clients are counted
 * @param keyCensus empty unless the target opted in to a census of its keys
 */
public record Target(
    String fleet,
    String group,
    String host,
    int port,
    Tier tier,
    Map<String, String> labels,
    Duration pollInterval,
    Optional<Credentials> credentials,
    Optional<TlsSettings> tls,
    boolean keyNamesAllowed,
    Optional<KeyspaceEvents> keyspaceEvents,
    List<StreamKey> streams,
    ClientCensusChoice clientCensus,
    Optional<KeyCensus> keyCensus) {

  public Target {
    requireName("fleet", fleet);
    requireName("group", group);
    if (host.isBlank() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("no address of a server: " + host + ":" + port);
    }
    if (pollInterval.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException("poll interval below 100 ms: " + pollInterval);
    }
    labels = Map.copyOf(labels);
    streams = List.copyOf(streams);
  }

  /** A server without password, TLS, labels or keyspace events, polled every 15 s. */
  public static Target of(String fleet, String group, String host, int port) {
    return builder(fleet, group, host, port).build();
  }

  /** A target of which more is said than where it is. */
  public static TargetBuilder builder(String fleet, String group, String host, int port) {
    return new TargetBuilder(fleet, group, host, port);
  }

  /**
   * The server at an address, such as {@code redis://host:port}; with {@code rediss} over TLS.
   *
   * @throws IllegalArgumentException with what is wrong about the address
   */
  public static Target at(String fleet, String group, String address) {
    ServerAddress parsed = ServerAddress.parse(address);
    TargetBuilder target = builder(fleet, group, parsed.host(), parsed.port());
    if (parsed.tls().orElse(false)) {
      target.tls(TlsSettings.DEFAULTS);
    }
    return target.build();
  }

  /** {@code fleet/group/host:port}: the key of every record about this server. */
  public String instanceId() {
    return fleet + "/" + group + "/" + address();
  }

  /** {@code host:port}, with an IPv6 address in brackets. */
  public String address() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** For another target that differs from this one. */
  public TargetBuilder toBuilder() {
    return new TargetBuilder(this);
  }

  private static void requireName(String what, String name) {
    if (name.isBlank() || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          what + " must be a name without a slash: \"" + name + "\"");
    }
  }
}
