package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.info.InfoReply;
import io.emberwatch.collector.probe.InfoProbe;
import io.emberwatch.collector.probe.PingProbe;
import io.emberwatch.collector.probe.SlowlogProbe;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.NotificationCounters;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Slowlog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the samples of one target. Used by one poll at a time. */
final class SampleDraft {

  private final Target target;
  private final String collectorId;
  private final ServerFacts facts;
  private final NotificationSource notifications;
  private long sequence;
  private long connects;
  private Optional<String> notifyLetters = Optional.empty();

  SampleDraft(
      Target target, String collectorId, ServerFacts facts, NotificationSource notifications) {
    this.target = target;
    this.collectorId = collectorId;
    this.facts = facts;
    this.notifications = notifications;
  }

  void countConnect() {
    connects++;
  }

  void notifyKeyspaceEvents(String letters) {
    notifyLetters = Optional.of(letters);
    notifications.notifyKeyspaceEvents(target.instanceId(), letters);
  }

  /** Sample of a poll that got no connection. */
  PollResult failed(Instant now, Verdict verdict) {
    return new PollResult(header(now, verdict, Map.of()), List.of());
  }

  /** Sample of a poll that got some answers. */
  PollResult finished(
      Instant now, Verdict verdict, PollAnswers answers, boolean slow, SlowlogProbe slowlog) {
    Map<String, Long> latencies = new TreeMap<>();
    ProbeOutcome<byte[]> ping = PollAnswers.outcome(answers.ping());
    take(PingProbe.NAME, ping, latencies);
    ProbeOutcome<InfoReply> info = PollAnswers.outcome(answers.info());
    take(InfoProbe.NAME, info, latencies);
    info.answer().filter(facts::learn).ifPresent(restart -> slowlog.restarted());
    Optional<ProbeOutcome<InfoReply>> commands = answers.commands().map(PollAnswers::outcome);
    commands.ifPresent(outcome -> take(InfoProbe.COMMANDS_NAME, outcome, latencies));
    Optional<ProbeOutcome<List<Object>>> entries = answers.slowlog().map(PollAnswers::outcome);
    entries.ifPresent(outcome -> take(SlowlogProbe.NAME, outcome, latencies));

    InstanceSample sample = header(now, verdict, latencies);
    info.answer().ifPresent(reply -> addInfo(sample, reply, slow));
    commands.flatMap(ProbeOutcome::answer).ifPresent(reply -> reply.addTo(sample, false));
    return new PollResult(sample, addSlowlog(sample, entries, slowlog));
  }

  private InstanceSample header(Instant now, Verdict verdict, Map<String, Long> latencies) {
    InstanceSample sample = new InstanceSample();
    sample.setInstanceId(target.instanceId());
    sample.setFleet(target.fleet());
    sample.setGroup(target.group());
    sample.setHost(target.host());
    sample.setPort(target.port());
    sample.setLabels(target.labels());
    sample.setTier(target.tier());
    sample.setCollectorId(collectorId);
    sample.setSequence(++sequence);
    sample.setSampledAt(now);
    sample.setPollIntervalMillis(target.pollInterval().toMillis());
    sample.setState(verdict.state());
    sample.setError(verdict.error().orElse(null));
    sample.setEngine(facts.engine());
    sample.setVersion(facts.version().orElse(null));
    sample.setRole(Role.UNKNOWN);
    sample.setProbeLatencyUsec(latencies);
    sample.setCollectorConnects(connects);
    sample.setRefusedProbes(facts.refusedProbes());
    sample.setConfig(facts.config().orElse(null));
    sample.setNotifications(counters().orElse(null));
    return sample;
  }

  private Optional<NotificationCounters> counters() {
    Optional<NotificationCounters> counters = notifications.countersOf(target.instanceId());
    counters.ifPresent(c -> c.setNotifyKeyspaceEvents(notifyLetters.orElse(null)));
    return counters;
  }

  private static void addInfo(InstanceSample sample, InfoReply reply, boolean slow) {
    sample.setRole(reply.role());
    reply.addTo(sample, slow);
  }

  private List<Slowlog> addSlowlog(
      InstanceSample sample, Optional<ProbeOutcome<List<Object>>> entries, SlowlogProbe slowlog) {
    Optional<SlowlogProbe.Reading> reading =
        entries.flatMap(ProbeOutcome::answer).map(list -> slowlog.read(list, facts.runId()));
    reading.ifPresent(found -> sample.setSlowlog(found.summary()));
    return reading.map(SlowlogProbe.Reading::records).orElse(List.of());
  }

  private void take(String probe, ProbeOutcome<?> outcome, Map<String, Long> latencies) {
    facts.note(probe, outcome);
    if (outcome instanceof Answered<?> answered) {
      latencies.put(probe, answered.latencyMicros());
    }
  }
}
