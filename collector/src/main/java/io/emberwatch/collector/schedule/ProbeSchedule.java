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
 * Which probes of one target are due. All are on a new connection, since another server may answer,
 * soon where many targets are watched; then each on its cadence, which counts from the start of one
 * poll to that of another. The second look is up to half of it early by a hash of target and probe,
 * so that the dear ones do not fall into one poll. What is refused is asked again on a new
 * connection, and otherwise rarely: each attempt is an error in the server's own counters. Used by
 * one poll at a time.
 */
final class ProbeSchedule {

  /** Rights are granted seldom. */
  static final Duration REFUSED_CADENCE = Duration.ofMinutes(10);

  /** Polls come a little before or after their slots; a cadence of two polls is two, not three. */
  private static final int EARLY_PART_OF_INTERVAL = 4;

  private final String instanceId;
  private final Duration early;
  private final List<Probe> probes;
  private final ProbeBudget budget;
  private final Map<String, ProbeCadence> cadences;
  private final Map<String, Instant> dueAt = new HashMap<>();
  private final Set<String> answered = new HashSet<>();

  /** Were put off by a reset and not asked since. */
  private final Set<String> putOff = new HashSet<>();

  /**
   * A schedule on which everything is due.
   *
   * @param pollInterval between two polls; a probe may be asked a quarter of it before its time
   */
  ProbeSchedule(
      String instanceId,
      Duration pollInterval,
      List<Probe> probes,
      ProbeBudget budget,
      Map<String, ProbeCadence> cadences) {
    this.instanceId = instanceId;
    this.early = pollInterval.dividedBy(EARLY_PART_OF_INTERVAL);
    this.budget = budget;
    this.cadences = cadences;
    this.probes = probes;
  }

  /**
   * Everything is due again: at once, or the slower probes one by one. A probe that waits already
   * is put off no further, or it would never be asked of a server that loses its connections.
   *
   * @param spread in which each of them is due, unless its cadence is shorter; zero for at once
   */
  void reset(Instant now, Duration spread) {
    dueAt.keySet().retainAll(putOff);
    answered.clear();
    for (Probe probe : probes) {
      Duration within = shorter(spread, cadence(probe));
      if (!within.isZero() && putOff.add(probe.name())) {
        dueAt.put(probe.name(), now.plusMillis(hash(probe) % within.toMillis()));
      }
    }
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
    Instant due = dueAt.get(probe.name());
    return due == null || !now.plus(early).isBefore(due);
  }

  /** A hint is no reason to ask again what was refused. */
  private boolean isHinted(Probe probe, ServerFacts server) {
    return answered.contains(probe.name()) && probe.isHinted(server);
  }

  /** Takes how a probe ended that was asked in the poll which began at this time. */
  void ended(Probe probe, ProbeOutcome<?> outcome, Instant asked) {
    if (outcome instanceof Answered<?>) {
      answered.add(probe.name());
    } else {
      answered.remove(probe.name());
    }
    boolean first = !dueAt.containsKey(probe.name());
    putOff.remove(probe.name());
    Duration cadence = budget.stretched(cadence(probe));
    if (outcome instanceof Refused<?> refusal && !ServerFacts.isTransient(refusal)) {
      dueAt.put(probe.name(), asked.plus(longer(cadence, REFUSED_CADENCE)));
    } else if (outcome instanceof Answered<?> && !cadence.isZero()) {
      dueAt.put(probe.name(), asked.plus(first ? earlier(probe, cadence) : cadence));
    }
  }

  private Duration cadence(Probe probe) {
    return cadences.getOrDefault(probe.name(), ProbeCadence.OWN).or(probe.cadence());
  }

  private Duration earlier(Probe probe, Duration cadence) {
    return cadence.minusMillis(hash(probe) % Math.max(1, cadence.toMillis() / 2));
  }

  private long hash(Probe probe) {
    return SlotHash.of(instanceId + probe.name());
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
