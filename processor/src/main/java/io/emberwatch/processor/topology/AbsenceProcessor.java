package io.emberwatch.processor.topology;

import io.emberwatch.processor.absence.AbsenceEvent;
import io.emberwatch.processor.absence.AbsenceLimits;
import io.emberwatch.processor.absence.Judgement;
import io.emberwatch.processor.absence.Progress;
import io.emberwatch.processor.absence.SilenceWatch;
import io.emberwatch.processor.rule.RuleEngine;
import io.emberwatch.processor.state.LastSeen;
import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.TargetState;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Remembers when each instance was heard from, and asks the watch at each sweep and return. */
final class AbsenceProcessor implements Processor<String, Signals, String, AbsenceEvent> {

  private final SilenceWatch watch;
  private final AbsenceLimits limits;
  private final SweepFailures failures;
  private final PublishedBreaches published;
  private @Nullable Wiring wiring;

  AbsenceProcessor(RuleEngine rules, AbsenceLimits limits, MeterRegistry meters) {
    this.watch = new SilenceWatch(rules, limits);
    this.limits = limits;
    this.failures = new SweepFailures(meters);
    this.published = new PublishedBreaches(meters);
  }

  @Override
  public void init(ProcessorContext<String, AbsenceEvent> context) {
    Wiring wired =
        new Wiring(
            context,
            context.getStateStore(AbsenceStage.SEEN_STORE),
            context.getStateStore(AbsenceStage.RULE_STORE),
            Progress.starting(Instant.ofEpochMilli(context.currentSystemTimeMs())));
    wiring = wired;
    context.schedule(
        limits.sweepInterval(), PunctuationType.WALL_CLOCK_TIME, now -> sweep(wired, now));
  }

  @Override
  public void process(Record<String, Signals> record) {
    if (wiring == null) {
      throw new IllegalStateException("process before init");
    }
    Instant now = Instant.ofEpochMilli(wiring.context.currentSystemTimeMs());
    wiring.progress = wiring.progress.arrived(record.value().getSampledAt(), now, limits);
    LastSeen before = wiring.seen.get(record.key());
    LastSeen seen = SilenceWatch.seen(before, record.value());
    if (!seen.equals(before)) {
      wiring.seen.put(record.key(), seen);
    }
    RuleStates state = wiring.states.get(record.key());
    if (record.value().getState() == TargetState.RETIRED) {
      // Who retires a target may know less of it than who polled it.
      LastSeen known = before == null ? seen : before;
      apply(wiring, record.key(), watch.retired(record.key(), known, state, now), now);
    } else if (state != null) {
      Judgement judgement = watch.returned(record.key(), seen, state, wiring.progress, now);
      apply(wiring, record.key(), judgement, now);
    }
  }

  /**
   * Only the judgement of one instance is guarded: a fault of a store or the producer is not its.
   */
  private void sweep(Wiring wired, long timestamp) {
    Instant now = Instant.ofEpochMilli(timestamp);
    wired.progress = wired.progress.swept(now, limits);
    try (KeyValueIterator<String, LastSeen> instances = wired.seen.all()) {
      while (instances.hasNext()) {
        KeyValue<String, LastSeen> instance = instances.next();
        RuleStates state = wired.states.get(instance.key);
        Judgement judgement =
            failures.guard(
                instance.key,
                () -> watch.swept(instance.key, instance.value, state, wired.progress, now));
        if (judgement != null) {
          apply(wired, instance.key, judgement, now);
        }
      }
    }
    failures.report();
  }

  private void apply(Wiring wired, String instanceId, Judgement judgement, Instant now) {
    if (judgement instanceof Judgement.Judged judged) {
      wired.keep(instanceId, judged.rules());
    }
    long timestamp = now.toEpochMilli();
    if (judgement instanceof Judgement.Forgotten forgotten) {
      wired.seen.delete(instanceId);
      wired.states.delete(instanceId);
      AbsenceEvent event = new AbsenceEvent.Forgotten(forgotten.last());
      wired.context.forward(new Record<>(instanceId, event, timestamp));
    }
    for (Breach breach : judgement.transitions()) {
      published.count(breach);
      wired.context.forward(new Record<>(instanceId, new AbsenceEvent.Changed(breach), timestamp));
    }
  }

  /** What exists between init and close. Used by the one thread of the task. */
  private static final class Wiring {
    private final ProcessorContext<String, AbsenceEvent> context;
    private final KeyValueStore<String, LastSeen> seen;
    private final KeyValueStore<String, RuleStates> states;
    private Progress progress;

    Wiring(
        ProcessorContext<String, AbsenceEvent> context,
        KeyValueStore<String, LastSeen> seen,
        KeyValueStore<String, RuleStates> states,
        Progress progress) {
      this.context = context;
      this.seen = seen;
      this.states = states;
      this.progress = progress;
    }

    void keep(String instanceId, @Nullable RuleStates next) {
      if (next != null) {
        states.put(instanceId, next);
      } else if (states.get(instanceId) != null) {
        states.delete(instanceId);
      }
    }
  }
}
