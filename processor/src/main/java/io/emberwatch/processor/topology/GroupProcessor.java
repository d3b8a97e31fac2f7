package io.emberwatch.processor.topology;

import io.emberwatch.processor.group.GroupLimits;
import io.emberwatch.processor.group.GroupObservation;
import io.emberwatch.processor.group.GroupStateFormat;
import io.emberwatch.processor.group.GroupView;
import io.emberwatch.processor.rule.Evaluation;
import io.emberwatch.processor.rule.RuleEngine;
import io.emberwatch.processor.state.GroupState;
import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Signals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Reads the view of the group, folds the sample in, judges, remembers, forwards. */
final class GroupProcessor implements Processor<String, Signals, String, Breach> {

  /** A group is forgotten after a day or so; an hour more or less does not matter. */
  private static final Duration FORGET_INTERVAL = Duration.ofHours(1);

  private final RuleEngine rules;
  private final GroupLimits limits;
  private final PublishedBreaches published;
  private final Counter late;
  private final Counter dropped;
  private Instant newest = Instant.EPOCH;
  private boolean arrived;
  private @Nullable Wiring wiring;

  GroupProcessor(RuleEngine rules, GroupLimits limits, MeterRegistry meters) {
    this.rules = rules;
    this.limits = limits;
    this.published = new PublishedBreaches(meters);
    this.late = LateSignals.of("group", meters);
    this.dropped =
        Counter.builder("emberwatch.processor.group.members.dropped")
            .description("Members that a group lost since it has more than are kept")
            .register(meters);
  }

  @Override
  public void init(ProcessorContext<String, Breach> context) {
    Wiring wired =
        new Wiring(
            context,
            context.getStateStore(GroupStage.VIEW_STORE),
            context.getStateStore(GroupStage.RULE_STORE));
    wiring = wired;
    context.schedule(FORGET_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> forget(wired, now));
  }

  @Override
  public void process(Record<String, Signals> record) {
    if (wiring == null) {
      throw new IllegalStateException("process before init");
    }
    Signals signals = record.value();
    GroupView before = view(wiring.views.get(record.key()), signals);
    GroupView view = before.after(signals, limits);
    arrived = true;
    newest = view.at().isAfter(newest) ? view.at() : newest;
    if (view.equals(before)) {
      late.increment();
      return;
    }
    dropped.increment(view.droppedSince(before, limits));
    if (view.members().isEmpty()) {
      retire(wiring, record.key(), view, view.at());
      return;
    }
    wiring.views.put(record.key(), GroupStateFormat.write(view));
    RuleStates state = wiring.states.get(record.key());
    GroupObservation observation =
        new GroupObservation(
            view, view.figures(limits), judgedAt(state, view), signals.getTraceId());
    Evaluation evaluation = rules.evaluate(state, observation);
    wiring.keep(record.key(), state, evaluation.state());
    for (Breach breach : evaluation.transitions()) {
      published.count(breach);
      wiring.context.forward(record.withValue(breach));
    }
  }

  /** The engine ignores what is not later than before, but members may share an instant. */
  private static Instant judgedAt(@Nullable RuleStates state, GroupView view) {
    if (state == null || view.at().isAfter(state.getObservedAt())) {
      return view.at();
    }
    return state.getObservedAt().plus(1, ChronoUnit.MICROS);
  }

  private static GroupView view(@Nullable GroupState state, Signals signals) {
    return state == null
        ? GroupView.empty(signals.getFleet(), signals.getGroup())
        : GroupStateFormat.read(state);
  }

  /**
   * Time is that of the newest sample, so that a processor that lags forgets nobody; the clock's
   * where nothing arrived since the last look, since the samples' time then stands still for ever.
   * The stream's time would not do: healths in this task have the time of a clock.
   */
  private void forget(Wiring wired, long now) {
    Instant time = arrived ? newest : Instant.ofEpochMilli(now);
    arrived = false;
    Instant oldest = time.minus(limits.forgetAfter());
    try (KeyValueIterator<String, GroupState> groups = wired.views.all()) {
      while (groups.hasNext()) {
        KeyValue<String, GroupState> group = groups.next();
        if (group.value.getAt().isBefore(oldest)) {
          retire(wired, group.key, GroupStateFormat.read(group.value), time);
        }
      }
    }
  }

  private void retire(Wiring wired, String groupId, GroupView view, Instant now) {
    GroupObservation last = new GroupObservation(view, view.figures(limits), now, null);
    List<Breach> transitions = rules.retire(wired.states.delete(groupId), last);
    wired.views.delete(groupId);
    for (Breach breach : transitions) {
      published.count(breach);
      wired.context.forward(new Record<>(groupId, breach, now.toEpochMilli()));
    }
  }

  private record Wiring(
      ProcessorContext<String, Breach> context,
      KeyValueStore<String, GroupState> views,
      KeyValueStore<String, RuleStates> states) {

    /** Rules at rest need no state: most groups have none. */
    void keep(String groupId, @Nullable RuleStates before, RuleStates next) {
      if (!next.getRules().isEmpty()) {
        states.put(groupId, next);
      } else if (before != null) {
        states.delete(groupId);
      }
    }
  }
}
