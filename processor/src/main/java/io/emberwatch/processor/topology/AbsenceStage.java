package io.emberwatch.processor.topology;

import io.emberwatch.processor.absence.AbsenceEvent;
import io.emberwatch.processor.absence.AbsenceLimits;
import io.emberwatch.processor.rule.RuleEngine;
import io.emberwatch.processor.state.LastSeen;
import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * Silence to breaches of kind ABSENCE: the only stage that a clock drives.
 *
 * <pre>
 * in     signals, instance id to Signals
 * out    emberwatch.breaches, instance id to Breach
 * store  absence-last-seen, instance id to LastSeen; about 150 bytes an instance; dropped when
 *        the instance is retired, or after 24 h of silence
 *        absence-rules, instance id to RuleStates; only while a rule is not at rest
 *        both in memory with a changelog
 * time   wall clock: a sweep each second over the last-seen store, of about 1 ms for 1,000
 *        instances; a processor that lags judges by event time instead, see Progress
 * end    a sample of state RETIRED ends the watch at once: the instance is forgotten
 * late   an older sample than the newest changes nothing; a returning one resolves at once
 * bad    a sample that fails is a dead letter. In a sweep the other instances are still judged;
 *        then the sweep fails with a dead letter that names the instances. One that fails sweep
 *        after sweep has one letter, and counts each time
 * </pre>
 */
public final class AbsenceStage {

  static final String SEEN_STORE = "absence-last-seen";
  static final String RULE_STORE = "absence-rules";
  private static final String WATCH = "absence-watch";
  private static final String BREACHES = "absence-breaches";
  private static final String SINK = "absence-sink";

  private final StreamsBuilder builder;
  private final StageSerdes serdes;
  private final MeterRegistry meters;
  private final RuleEngine rules;
  private final AbsenceLimits limits;

  /**
   * @param rules engine of the rules of {@link io.emberwatch.processor.rule.View#ABSENCE}
   */
  public AbsenceStage(
      StreamsBuilder builder,
      StageSerdes serdes,
      MeterRegistry meters,
      RuleEngine rules,
      AbsenceLimits limits) {
    this.builder = builder;
    this.serdes = serdes;
    this.meters = meters;
    this.rules = rules;
    this.limits = limits;
  }

  /** Watches for silence, publishes breaches, and hands on what the other stages must know. */
  public KStream<String, AbsenceEvent> apply(KStream<String, Signals> signals) {
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(SEEN_STORE),
            serdes.key(),
            serdes.state(SEEN_STORE, LastSeen.class)));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(RULE_STORE),
            serdes.key(),
            serdes.state(RULE_STORE, RuleStates.class)));
    KStream<String, AbsenceEvent> events =
        signals.process(
            () -> new AbsenceProcessor(rules, limits, meters),
            Named.as(WATCH),
            SEEN_STORE,
            RULE_STORE);
    events
        .flatMapValues(AbsenceStage::breach, Named.as(BREACHES))
        .to(
            Topics.BREACHES.name(),
            Produced.with(serdes.key(), serdes.value(Topics.BREACHES)).withName(SINK));
    return events;
  }

  private static List<Breach> breach(AbsenceEvent event) {
    return event instanceof AbsenceEvent.Changed changed ? List.of(changed.breach()) : List.of();
  }
}
