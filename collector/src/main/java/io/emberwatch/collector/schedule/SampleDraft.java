package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.info.InfoReply;
import io.emberwatch.collector.probe.Finding;
import io.emberwatch.collector.probe.InfoProbe;
import io.emberwatch.collector.probe.PingProbe;
import io.emberwatch.collector.probe.PollDraft;
import io.emberwatch.collector.probe.Probe;
import io.emberwatch.collector.probe.ServerFacts;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.NotificationCounters;
import io.emberwatch.schemas.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the samples of one target. Used by one poll at a time. */
final class SampleDraft {

  private static final Logger LOG = LoggerFactory.getLogger(SampleDraft.class);

  private final Target target;
  private final String collectorId;
  private final ServerFacts server;
  private final NotificationSource notifications;
  private long sequence;
  private long connects;

  SampleDraft(
      Target target, String collectorId, ServerFacts server, NotificationSource notifications) {
    this.target = target;
    this.collectorId = collectorId;
    this.server = server;
    this.notifications = notifications;
  }

  void countConnect() {
    connects++;
  }

  /** Sample of a poll that got no connection. */
  PollResult failed(Instant now, Verdict verdict) {
    return new PollResult(header(now, verdict), List.of());
  }

  /** Sample of a poll that got some answers. */
  PollResult finished(Instant now, CoreOutcome core, List<Ended> probes) {
    server.note(PingProbe.NAME, core.ping());
    server.note(InfoProbe.NAME, core.info());
    Map<String, Long> latencies = new HashMap<>();
    probes.forEach(ended -> note(ended.probe().name(), ended.outcome(), latencies));
    PollDraft poll = new PollDraft(header(now, core.verdict()), server);
    poll.sample().setPingUsec(latency(core.ping()));
    poll.sample().setInfoUsec(latency(core.info()));
    poll.sample().setProbeLatencyUsec(latencies);
    core.info().answer().ifPresent(reply -> addInfo(poll.sample(), reply));
    for (Ended ended : probes) {
      ended.outcome().answer().ifPresent(finding -> add(ended.probe(), finding, poll));
    }
    poll.sample().setRefusedProbes(server.refusedProbes());
    return new PollResult(poll.sample(), poll.emissions());
  }

  /** A reply that a probe cannot read must not cost the poll. */
  private void add(Probe probe, Finding finding, PollDraft poll) {
    try {
      finding.addTo(poll);
    } catch (RuntimeException fault) {
      server.note(probe.name(), new Refused<>("UNREADABLE", "the reply cannot be read"));
      LOG.error("event=probe_fault target={} probe={}", target.instanceId(), probe.name(), fault);
    }
  }

  private InstanceSample header(Instant now, Verdict verdict) {
    InstanceSample sample = new InstanceSample();
    sample.setInstanceId(target.instanceId());
    sample.setFleet(target.fleet());
    sample.setGroup(target.group());
    sample.setLabels(target.labels());
    sample.setTier(target.tier());
    sample.setCollectorId(collectorId);
    sample.setSequence(++sequence);
    sample.setSampledAt(now);
    sample.setPollIntervalMillis(target.pollInterval().toMillis());
    sample.setState(verdict.state());
    sample.setError(verdict.error().orElse(null));
    sample.setEngine(server.engine());
    sample.setVersion(server.version().orElse(null));
    sample.setRole(Role.UNKNOWN);
    sample.setProbeLatencyUsec(Map.of());
    sample.setCollectorConnects(connects);
    sample.setRefusedProbes(server.refusedProbes());
    sample.setTlsCertificateNotAfter(server.certificateNotAfter().orElse(null));
    sample.setConfig(server.config().orElse(null));
    sample.setNotifications(counters().orElse(null));
    return sample;
  }

  private Optional<NotificationCounters> counters() {
    Optional<NotificationCounters> counters = notifications.countersOf(target.instanceId());
    counters.ifPresent(c -> c.setNotifyKeyspaceEvents(server.notifyKeyspaceEvents().orElse(null)));
    return counters;
  }

  private static void addInfo(InstanceSample sample, InfoReply reply) {
    sample.setRole(reply.role());
    reply.addTo(sample);
  }

  private static @Nullable Long latency(ProbeOutcome<?> outcome) {
    return outcome instanceof Answered<?> answered ? answered.latencyMicros() : null;
  }

  private void note(String probe, ProbeOutcome<?> outcome, Map<String, Long> latencies) {
    server.note(probe, outcome);
    if (outcome instanceof Answered<?> answered) {
      latencies.put(probe, answered.latencyMicros());
    }
  }
}
