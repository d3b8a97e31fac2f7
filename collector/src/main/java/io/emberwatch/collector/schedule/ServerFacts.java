package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.info.InfoReply;
import io.emberwatch.schemas.ConfigFacts;
import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.RefusedProbe;
import io.emberwatch.schemas.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is remembered of a server between polls. Used by one poll at a time. */
final class ServerFacts {

  private final Map<String, String> refused = new TreeMap<>();
  private Engine engine = Engine.UNKNOWN;
  private Optional<String> version = Optional.empty();
  private Optional<String> runId = Optional.empty();
  private Optional<ConfigFacts> config = Optional.empty();
  private boolean severalSections;

  /** Another server may answer at the same address; refusals and the last version stay shown. */
  void reconnected() {
    severalSections = false;
    config = Optional.empty();
  }

  /**
   * Takes what INFO says.
   *
   * @return whether another process answers than before
   */
  boolean learn(InfoReply reply) {
    boolean restarted =
        runId.isPresent() && reply.runId().isPresent() && !runId.equals(reply.runId());
    engine = reply.engine();
    version = reply.version();
    runId = reply.runId();
    severalSections = takesSeveralSections(reply);
    return restarted;
  }

  void learn(ConfigFacts facts) {
    config = Optional.of(facts);
  }

  /** Remembers a refusal until the probe succeeds. */
  void note(String probe, ProbeOutcome<?> outcome) {
    if (outcome instanceof Refused<?> refusal) {
      refused.put(probe, refusal.code());
    } else if (outcome instanceof Answered<?>) {
      refused.remove(probe);
    }
  }

  boolean isRefused(String probe) {
    return refused.containsKey(probe);
  }

  List<RefusedProbe> refusedProbes() {
    return refused.entrySet().stream()
        .map(entry -> new RefusedProbe(entry.getKey(), entry.getValue()))
        .toList();
  }

  Engine engine() {
    return engine;
  }

  Optional<String> version() {
    return version;
  }

  Optional<String> runId() {
    return runId;
  }

  Optional<ConfigFacts> config() {
    return config;
  }

  boolean severalSections() {
    return severalSections;
  }

  /**
   * Since Redis 7.0 and in all of Valkey; a sentinel has other sections, so it is asked plainly.
   */
  private static boolean takesSeveralSections(InfoReply reply) {
    if (reply.role() == Role.SENTINEL) {
      return false;
    }
    return reply.engine() == Engine.VALKEY
        || (reply.engine() == Engine.REDIS
            && reply.version().filter(v -> v.matches("([7-9]|\\d{2,4})\\..*")).isPresent());
  }
}
