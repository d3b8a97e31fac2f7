package io.emberwatch.processor.topology;

import io.emberwatch.processor.group.GroupLimits;
import io.emberwatch.processor.rule.RuleEngine;
import io.emberwatch.processor.state.GroupState;
import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/**
 * Signals of the members to breaches of their replication group.
 *
 * <pre>
 * in     signals, instance id to Signals; repartitioned by fleet/group (group-by-group)
 * out    emberwatch.breaches, fleet/group to Breach
 * store  group-view, fleet/group to GroupState; about 200 bytes a member, 512 members at most
 *        group-rules, fleet/group to RuleStates; only while a rule is not at rest
 *        both in memory with a changelog; a group whose last member was retired, or that was
 *        silent for 24 h, is dropped, and what fires on it is ended
 * time   event time alone: the newest sample of the group is its now
 * late   a sample older than the member's last one changes nothing and is counted; one older than
 *        another member's is judged as of the newest
 * bad    a failure is a dead letter of the repartitioned record
 * </pre>
 */
public final class GroupStage {

  static final String VIEW_STORE = "group-view";
  static final String RULE_STORE = "group-rules";
  private static final String KEY = "group-key";
  private static final String REPARTITION = "group-by-group";
  private static final String JUDGE = "group-judge";
  private static final String SINK = "group-sink";

  private final StreamsBuilder builder;
  private final StageSerdes serdes;
  private final MeterRegistry meters;
  private final RuleEngine rules;
  private final GroupLimits limits;

  /**
   * @param rules engine of the rules of {@link io.emberwatch.processor.rule.View#GROUP}
   */
  public GroupStage(
      StreamsBuilder builder,
      StageSerdes serdes,
      MeterRegistry meters,
      RuleEngine rules,
      GroupLimits limits) {
    this.builder = builder;
    this.serdes = serdes;
    this.meters = meters;
    this.rules = rules;
    this.limits = limits;
  }

  /** Judges groups, publishes their breaches and hands them on, keyed by group. */
  public KStream<String, Breach> apply(KStream<String, Signals> signals) {
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(VIEW_STORE),
            serdes.key(),
            serdes.state(VIEW_STORE, GroupState.class)));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(RULE_STORE),
            serdes.key(),
            serdes.state(RULE_STORE, RuleStates.class)));
    KStream<String, Breach> breaches =
        signals
            .selectKey(GroupStage::groupId, Named.as(KEY))
            .repartition(byGroup())
            .process(
                () -> new GroupProcessor(rules, limits, meters),
                Named.as(JUDGE),
                VIEW_STORE,
                RULE_STORE);
    breaches.to(
        Topics.BREACHES.name(),
        Produced.with(serdes.key(), serdes.value(Topics.BREACHES)).withName(SINK));
    return breaches;
  }

  private Repartitioned<String, Signals> byGroup() {
    return Repartitioned.<String, Signals>as(REPARTITION)
        .withKeySerde(serdes.key())
        .withValueSerde(serdes.repartition(REPARTITION, Signals.class));
  }

  private static String groupId(String instanceId, Signals signals) {
    return signals.getFleet() + "/" + signals.getGroup();
  }
}
