package io.emberwatch.collector.target;

import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a {@link Target}, or another that differs from one; what is not said is as {@link
 * Target#of} has it. Not thread-safe.
 */
public final class TargetBuilder {

  private final String fleet;
  private final String group;
  private final String host;
  private final int port;
  private Tier tier = Tier.UNSPECIFIED;
  private Map<String, String> labels = Map.of();
  private Duration pollInterval = TargetSettings.BUILT_IN.pollInterval();
  private Optional<Credentials> credentials = Optional.empty();
  private Optional<TlsSettings> tls = Optional.empty();
  private boolean keyNamesAllowed;
  private Optional<KeyspaceEvents> keyspaceEvents = Optional.empty();
  private List<StreamKey> streams = List.of();
  private ClientCensusChoice clientCensus = ClientCensusChoice.DEFAULTS;
  private Optional<KeyCensus> keyCensus = Optional.empty();

  TargetBuilder(String fleet, String group, String host, int port) {
    this.fleet = fleet;
    this.group = group;
    this.host = host;
    this.port = port;
  }

  TargetBuilder(Target target) {
    this(target.fleet(), target.group(), target.host(), target.port());
    tier = target.tier();
    labels = target.labels();
    pollInterval = target.pollInterval();
    credentials = target.credentials();
    tls = target.tls();
    keyNamesAllowed = target.keyNamesAllowed();
    keyspaceEvents = target.keyspaceEvents();
    streams = target.streams();
    clientCensus = target.clientCensus();
    keyCensus = target.keyCensus();
  }

  /** What its group is for. */
  public TargetBuilder tier(Tier purpose) {
    tier = purpose;
    return this;
  }

  /** Its labels, instead of those it had. */
  public TargetBuilder labels(Map<String, String> named) {
    labels = named;
    return this;
  }

  /** How often it is polled. */
  public TargetBuilder pollInterval(Duration interval) {
    pollInterval = interval;
    return this;
  }

  /** How to log in to it. */
  public TargetBuilder credentials(Credentials login) {
    credentials = Optional.of(login);
    return this;
  }

  /** To be reached over TLS. */
  public TargetBuilder tls(TlsSettings settings) {
    tls = Optional.of(settings);
    return this;
  }

  /** Whether the names of its keys may be published as they are. */
  public TargetBuilder keyNamesAllowed(boolean allowed) {
    keyNamesAllowed = allowed;
    return this;
  }

  /** To have its keyspace notifications counted. */
  public TargetBuilder keyspaceEvents(KeyspaceEvents settings) {
    keyspaceEvents = Optional.of(settings);
    return this;
  }

  /** The streams to look at, instead of those it had. */
  public TargetBuilder streams(List<StreamKey> wanted) {
    streams = wanted;
    return this;
  }

  /** Whether and how its clients are counted. */
  public TargetBuilder clientCensus(ClientCensusChoice choice) {
    clientCensus = choice;
    return this;
  }

  /** To have its keys looked at. */
  public TargetBuilder keyCensus(KeyCensus settings) {
    keyCensus = Optional.of(settings);
    return this;
  }

  /**
   * The target.
   *
   * @throws IllegalArgumentException with what cannot be watched about it
   */
  public Target build() {
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
        keyCensus);
  }
}
