package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.info.ConfigHints;
import io.emberwatch.collector.info.InfoReply;
import io.emberwatch.schemas.ConfigFacts;
import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.RefusedProbe;
import io.emberwatch.schemas.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is known of a server between polls: its capabilities decide what it is asked. Used by one
 * poll at a time.
 */
public final class ServerFacts {

  /** What every server answers at some time: it says nothing of what the server can do. */
  private static final Set<String> TRANSIENT =
      Set.of("LOADING", "BUSY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN");

  private final Map<String, String> refused = new TreeMap<>();
  private Engine engine = Engine.UNKNOWN;
  private Role role = Role.UNKNOWN;
  private Optional<String> version = Optional.empty();
  private Optional<ServerVersion> parsedVersion = Optional.empty();
  private Optional<String> redisVersionText = Optional.empty();
  private Optional<ServerVersion> redisVersion = Optional.empty();
  private Optional<String> runId = Optional.empty();
  private Optional<ConfigFacts> config = Optional.empty();
  private Optional<String> notifyKeyspaceEvents = Optional.empty();
  private ConfigHints configHints = ConfigHints.NONE;
  private OptionalLong connectedClients = OptionalLong.empty();
  private Optional<Instant> certificateNotAfter = Optional.empty();
  private boolean cluster;
  private boolean known;

  /** Another server may answer at the same address; the last version stays shown. */
  public void reconnected() {
    known = false;
    config = Optional.empty();
  }

  /** Takes when the certificate ends that the server showed on this connection. */
  public void showed(Optional<Instant> notAfter) {
    certificateNotAfter = notAfter;
  }

  /** When the server's certificate ends; empty for a plain connection, or before the first. */
  public Optional<Instant> certificateNotAfter() {
    return certificateNotAfter;
  }

  /**
   * Takes what INFO says.
   *
   * @return whether another process answers than before
   */
  public boolean learn(InfoReply reply) {
    boolean restarted =
        runId.isPresent() && reply.runId().isPresent() && !runId.equals(reply.runId());
    engine = reply.engine();
    role = reply.role();
    learnVersions(reply);
    runId = reply.runId();
    connectedClients = reply.connectedClients();
    configHints = reply.configHints();
    cluster = reply.clusterEnabled();
    known = reply.isReadable();
    return restarted;
  }

  /** Read again only when they change: a dozen probes ask for them at each poll. */
  private void learnVersions(InfoReply reply) {
    if (!version.equals(reply.version())) {
      version = reply.version();
      parsedVersion = version.flatMap(ServerVersion::parse);
    }
    if (!redisVersionText.equals(reply.redisVersion())) {
      redisVersionText = reply.redisVersion();
      redisVersion = redisVersionText.flatMap(ServerVersion::parse);
    }
  }

  /** Takes what CONFIG GET says. */
  public void learn(ConfigFacts facts, Optional<String> letters) {
    config = Optional.of(facts);
    notifyKeyspaceEvents = letters;
  }

  /** Remembers a refusal until the probe succeeds. */
  public void note(String probe, ProbeOutcome<?> outcome) {
    if (outcome instanceof Refused<?> refusal && !isTransient(refusal)) {
      refused.put(probe, refusal.code());
    } else if (outcome instanceof Answered<?>) {
      refused.remove(probe);
    }
  }

  /** Forgets refusals of probes that this server is not asked any more. */
  public void keepRefusals(Set<String> probes) {
    refused.keySet().retainAll(probes);
  }

  /** Whether a refusal is about the moment, not about rights or commands. */
  public static boolean isTransient(Refused<?> refusal) {
    return TRANSIENT.contains(refusal.code());
  }

  /** What was refused, by probe. */
  public List<RefusedProbe> refusedProbes() {
    return refused.entrySet().stream()
        .map(entry -> new RefusedProbe(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Whether INFO was read on this connection; nothing else is asked before. */
  public boolean isKnown() {
    return known;
  }

  /** The software; UNKNOWN before the first answer. */
  public Engine engine() {
    return engine;
  }

  /** Role by the last INFO. */
  public Role role() {
    return role;
  }

  /** valkey_version for Valkey, else redis_version. */
  public Optional<String> version() {
    return version;
  }

  /**
   * Whether it is compatible with this release of Redis, as it says itself: Valkey and KeyDB report
   * the release that they continue. False when not known.
   */
  public boolean speaksRedis(int major, int minor) {
    return redisVersion.filter(v -> v.isAtLeast(major, minor)).isPresent();
  }

  /** Whether it is Valkey of this release or later. */
  public boolean isValkey(int major, int minor) {
    return engine == Engine.VALKEY && isVersion(major, minor);
  }

  /** Whether it is Redis itself, of this release or later. */
  public boolean isRedis(int major, int minor) {
    return engine == Engine.REDIS && isVersion(major, minor);
  }

  /** A sentinel knows few commands: no INFO memory, no SLOWLOG, no CONFIG. */
  public boolean isSentinel() {
    return role == Role.SENTINEL;
  }

  /** Whether it is a node of a Redis Cluster. */
  public boolean isCluster() {
    return cluster;
  }

  /** Identity of the process; empty before the first answer. */
  public Optional<String> runId() {
    return runId;
  }

  /** What the last INFO repeats of the configuration. */
  public ConfigHints configHints() {
    return configHints;
  }

  /** connected_clients of the last INFO. */
  public OptionalLong connectedClients() {
    return connectedClients;
  }

  /** What CONFIG GET told on this connection. */
  public Optional<ConfigFacts> config() {
    return config;
  }

  /** notify-keyspace-events as CONFIG GET told it last. */
  public Optional<String> notifyKeyspaceEvents() {
    return notifyKeyspaceEvents;
  }

  /** Since Redis 7.0 and in all of Valkey INFO takes several sections; a sentinel has others. */
  boolean takesSeveralSections() {
    return !isSentinel() && (isValkey(0, 0) || isRedis(7, 0));
  }

  private boolean isVersion(int major, int minor) {
    return parsedVersion.filter(v -> v.isAtLeast(major, minor)).isPresent();
  }
}
