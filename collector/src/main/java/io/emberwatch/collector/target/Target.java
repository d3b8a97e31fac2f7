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

  /** A target without a key census. */
  public Target(
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
      ClientCensusChoice clientCensus) {
    this(
        fleet,
        group,
        host,
        port,
        tier,
        labels,
        pollInterval,
        credentials,
        tls,
        keyNamesAllowed,
        keyspaceEvents,
        streams,
        clientCensus,
        Optional.empty());
  }

  /** A server without password, TLS, labels or keyspace events, polled every 15 s. */
  public static Target of(String fleet, String group, String host, int port) {
    return new Target(
        fleet,
        group,
        host,
        port,
        Tier.UNSPECIFIED,
        Map.of(),
        Duration.ofSeconds(15),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        List.of(),
        ClientCensusChoice.DEFAULTS);
  }

  /**
   * The server at an address, such as {@code redis://host:port}; with {@code rediss} over TLS.
   *
   * @throws IllegalArgumentException with what is wrong about the address
   */
  public static Target at(String fleet, String group, String address) {
    ServerAddress parsed = ServerAddress.parse(address);
    Target target = of(fleet, group, parsed.host(), parsed.port());
    return parsed.tls().orElse(false) ? target.withTls(TlsChoice.OFF.settings()) : target;
  }

  /** {@code fleet/group/host:port}: the key of every record about this server. */
  public String instanceId() {
    return fleet + "/" + group + "/" + address();
  }

  /** {@code host:port}, with an IPv6 address in brackets. */
  public String address() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** This target with another interval. */
  public Target withPollInterval(Duration interval) {
    return new Target(
        fleet,
        group,
        host,
        port,
        tier,
        labels,
        interval,
        credentials,
        tls,
        keyNamesAllowed,
        keyspaceEvents,
        streams,
        clientCensus,
        keyCensus);
  }

  /** This target with a login. */
  public Target withCredentials(Credentials login) {
    return new Target(
        fleet,
        group,
        host,
        port,
        tier,
        labels,
        pollInterval,
        Optional.of(login),
        tls,
        keyNamesAllowed,
        keyspaceEvents,
        streams,
        clientCensus,
        keyCensus);
  }

  /** This target with TLS. */
  public Target withTls(TlsSettings settings) {
    return new Target(
        fleet,
        group,
        host,
        port,
        tier,
        labels,
        pollInterval,
        credentials,
        Optional.of(settings),
        keyNamesAllowed,
        keyspaceEvents,
        streams,
        clientCensus,
        keyCensus);
  }

  /** This target with streams to look at. */
  public Target withStreams(List<StreamKey> wanted) {
    return new Target(
        fleet,
        group,
        host,
        port,
        tier,
        labels,
        pollInterval,
        credentials,
        tls,
        keyNamesAllowed,
        keyspaceEvents,
        wanted,
        clientCensus,
        keyCensus);
  }

  /** This target with another choice of how its clients are counted. */
  public Target withClientCensus(ClientCensusChoice choice) {
    return new Target(
        fleet,
        group,
        host,
        port,
        tier,
        labels,
        pollInterval,
        credentials,
        tls,
        keyNamesAllowed,
        keyspaceEvents,
        streams,
        choice,
        keyCensus);
  }

  /** This target with a census of its keys. */
  public Target withKeyCensus(KeyCensus census) {
    return new Target(
        fleet,
        group,
        host,
        port,
        tier,
        labels,
        pollInterval,
        credentials,
        tls,
        keyNamesAllowed,
        keyspaceEvents,
        streams,
        clientCensus,
        Optional.of(census));
  }

  private static void requireName(String what, String name) {
    if (name.isBlank() || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          what + " must be a name without a slash: \"" + name + "\"");
    }
  }
}
