package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.probe.Probe;
import io.emberwatch.collector.probe.ServerFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which probes of one target are due. All are on a new connection, since another server may answer;
 * then each on its cadence, the second look up to half of it early by a hash of target and probe,
 * so that the dear ones do not fall into one poll. What is refused is asked again on a new
 * connection, and otherwise rarely: each attempt is an error in the server's own counters. Used by
 * one poll at a time.
 */
final class ProbeSchedule {

  /** Rights are granted seldom. */
  static final Duration REFUSED_CADENCE = Duration.ofMinutes(10);

  private final String instanceId;
  private final List<Probe> probes;
  private final ProbeBudget budget;
  private final Map<String, ProbeCadence> cadences;
  private final Map<String, Instant> dueAt = new HashMap<>();
  private final Set<String> answered = new HashSet<>();

  ProbeSchedule(
      String instanceId,
      List<Probe> probes,
      ProbeBudget budget,
      Map<String, ProbeCadence> cadences) {
    this.instanceId = instanceId;
    this.budget = budget;
    this.cadences = cadences;
    this.probes = probes;
  }

  /** Everything is due again. */
  void reset() {
    dueAt.clear();
    answered.clear();
  }

  /** The probes to ask now. */
  List<Probe> due(ServerFacts server, Instant now) {
    return probes.stream()
        .filter(probe -> isDue(probe, now) || isHinted(probe, server))
        .filter(probe -> !ProbeCadence.isOff(probe.name(), cadences))
        .filter(probe -> probe.appliesTo(server))
        .toList();
  }

  private boolean isDue(Probe probe, Instant now) {
    return !now.isBefore(dueAt.getOrDefault(probe.name(), Instant.MIN));
  }

  /** A hint is no reason to ask again what was refused. */
  private boolean isHinted(Probe probe, ServerFacts server) {
    return answered.contains(probe.name()) && probe.isHinted(server);
  }

  /** Takes how a probe ended. */
  void ended(Probe probe, ProbeOutcome<?> outcome, Instant now) {
    if (outcome instanceof Answered<?>) {
      answered.add(probe.name());
    } else {
      answered.remove(probe.name());
    }
    boolean first = !dueAt.containsKey(probe.name());
    Duration chosen = cadences.getOrDefault(probe.name(), ProbeCadence.OWN).or(probe.cadence());
    Duration cadence = budget.stretched(chosen);
    if (outcome instanceof Refused<?> refusal && !ServerFacts.isTransient(refusal)) {
      dueAt.put(probe.name(), now.plus(longer(cadence, REFUSED_CADENCE)));
    } else if (outcome instanceof Answered<?> && !cadence.isZero()) {
      dueAt.put(probe.name(), now.plus(first ? spread(probe.name(), cadence) : cadence));
    }
  }

  private Duration spread(String probe, Duration cadence) {
    long half = Math.max(1, cadence.toMillis() / 2);
    return cadence.minusMillis(SlotHash.of(instanceId + probe) % half);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
