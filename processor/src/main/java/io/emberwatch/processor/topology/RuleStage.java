package io.emberwatch.processor.topology;

import io.emberwatch.processor.absence.AbsenceEvent;
import io.emberwatch.processor.rule.RuleEngine;
import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * Signals to the transitions of the rules of one instance.
 *
 * <pre>
 * in     signals, instance id to Signals; absences, instance id to AbsenceEvent
 * out    emberwatch.breaches, instance id to Breach: a record a transition, usually none
 * store  rule-state, instance id to RuleStates; in memory with a changelog; about 10 bytes for an
 *        instance at rest and 150 for each rule that is not; compacted; dropped,
 *        and what fires is ended, when the absence stage forgets the instance
 * time   event time
 * late   signals that are not newer than the instance's last ones are ignored and counted
 * bad    a record without key or value is a dead letter
 * </pre>
 */
public final class RuleStage {

  static final String STORE = "rule-state";
  private static final String EVALUATE = "rule-evaluate";
  private static final String RETIRE = "rule-retire";
  private static final String MERGE = "rule-merge";
  private static final String SINK = "rule-sink";

  private final StreamsBuilder builder;
  private final StageSerdes serdes;
  private final RuleEngine engine;
  private final MeterRegistry meters;

  /**
   * @param engine of the rules of {@link io.emberwatch.processor.rule.View#INSTANCE}
   */
  public RuleStage(
      StreamsBuilder builder, StageSerdes serdes, RuleEngine engine, MeterRegistry meters) {
    this.builder = builder;
    this.serdes = serdes;
    this.engine = engine;
    this.meters = meters;
  }

  /** Judges, publishes the transitions and hands them on. */
  public KStream<String, Breach> apply(
      KStream<String, Signals> signals, KStream<String, AbsenceEvent> absences) {
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(STORE),
            serdes.key(),
            serdes.state(STORE, RuleStates.class)));
    KStream<String, Breach> judged =
        signals.processValues(() -> new RuleProcessor(engine, meters), Named.as(EVALUATE), STORE);
    KStream<String, Breach> retired =
        absences.processValues(() -> new RuleRetirement(engine, meters), Named.as(RETIRE), STORE);
    KStream<String, Breach> breaches = judged.merge(retired, Named.as(MERGE));
    breaches.to(
        Topics.BREACHES.name(),
        Produced.with(serdes.key(), serdes.value(Topics.BREACHES)).withName(SINK));
    return breaches;
  }
}
