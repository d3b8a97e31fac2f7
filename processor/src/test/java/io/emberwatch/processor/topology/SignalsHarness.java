package io.emberwatch.processor.topology;

import io.emberwatch.processor.ProcessorConfig;
import io.emberwatch.processor.absence.AbsenceEvent;
import io.emberwatch.processor.absence.AbsenceLimits;
import io.emberwatch.processor.group.GroupLimits;
import io.emberwatch.processor.health.Publication;
import io.emberwatch.processor.rule.RuleFile;
import io.emberwatch.processor.rule.RuleSet;
import io.emberwatch.processor.rule.View;
import io.emberwatch.processor.state.GroupState;
import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.kafka.RegistrySettings;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.registry.InMemorySchemas;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The rule, absence, group and health stages with the shipped rules, fed with signals. The wall
 * clock starts at the given time and moves with {@link #until}.
 */
final class SignalsHarness implements AutoCloseable {

  private final InMemorySchemas schemas = new InMemorySchemas();
  private final TopologyTestDriver driver;
  private Instant now;

  SignalsHarness(Instant start, Path state) {
    this.now = start;
    ProcessorConfig config =
        ProcessorConfig.local(
            KafkaSettings.plain("127.0.0.1:1"),
            RegistrySettings.plain("http://127.0.0.1:1"),
            state);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Map<String, Object> properties =
        StreamsProperties.of(config, new DeadLetters(schemas, meters, Clock.systemUTC()));
    Properties copy = new Properties();
    copy.putAll(properties);
    this.driver =
        new TopologyTestDriver(
            topology(config, new StreamsConfig(properties), meters), copy, start);
  }

  private Topology topology(
      ProcessorConfig config, StreamsConfig streams, SimpleMeterRegistry meters) {
    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(streams));
    StageSerdes serdes = new StageSerdes(config.applicationId(), schemas);
    RuleSet rules = RuleFile.defaults().rules();
    KStream<String, Signals> signals =
        builder.stream(
            Topics.SIGNALS.name(),
            Consumed.with(serdes.key(), serdes.value(Topics.SIGNALS)).withName("signals-source"));
    KStream<String, Signals> polled = SignalStage.polled(signals);
    KStream<String, AbsenceEvent> absences =
        new AbsenceStage(builder, serdes, meters, rules.engine(View.ABSENCE), AbsenceLimits.DEFAULT)
            .apply(signals);
    KStream<String, Breach> breaches =
        new RuleStage(builder, serdes, rules.engine(View.INSTANCE), meters).apply(polled, absences);
    KStream<String, Breach> groupBreaches =
        new GroupStage(builder, serdes, meters, rules.engine(View.GROUP), GroupLimits.DEFAULT)
            .apply(signals);
    new HealthStage(builder, serdes, meters, Publication.DEFAULT)
        .apply(polled, breaches, absences, groupBreaches);
    return builder.build();
  }

  /** A sample that arrives now, whatever its own time. */
  void pipe(Signals signals) {
    driver
        .createInputTopic(
            Topics.SIGNALS.name(),
            new StringSerializer(),
            AvroSerde.of(Topics.SIGNALS, schemas).serializer())
        .pipeInput(signals.getInstanceId(), signals, signals.getSampledAt());
  }

  /** Moves the wall clock second by second, as the sweeps expect. */
  void until(long second) {
    while (now.getEpochSecond() < second) {
      now = now.plusSeconds(1);
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
  }

  /** Moves the wall clock in one step, as a stalled thread sees it. */
  void jumpTo(long second) {
    Instant next = Instant.ofEpochSecond(second);
    driver.advanceWallClockTime(Duration.between(now, next));
    now = next;
  }

  /** Transitions of a rule since the last look, as "transition severity at second". */
  List<String> transitions(String rule) {
    return driver
        .createOutputTopic(
            Topics.BREACHES.name(),
            new StringDeserializer(),
            AvroSerde.of(Topics.BREACHES, schemas).deserializer())
        .readValuesToList()
        .stream()
        .filter(breach -> breach.getRuleId().equals(rule))
        .map(
            breach ->
                "%s %s at %d"
                    .formatted(
                        breach.getTransition(),
                        breach.getSeverity(),
                        breach.getOccurredAt().getEpochSecond()))
        .toList();
  }

  /** What the health topic got since the last look. */
  List<KeyValue<String, Health>> healths() {
    return driver
        .createOutputTopic(
            Topics.HEALTH.name(),
            new StringDeserializer(),
            AvroSerde.of(Topics.HEALTH, schemas).deserializer())
        .readKeyValuesToList();
  }

  /** What the rule stage remembers of an instance. Null: nothing. */
  @Nullable RuleStates ruleState(String instanceId) {
    KeyValueStore<String, RuleStates> store = driver.getKeyValueStore(RuleStage.STORE);
    return store.get(instanceId);
  }

  /** What the group stage remembers of a group. Null: nothing. */
  @Nullable GroupState groupState(String groupId) {
    KeyValueStore<String, GroupState> store = driver.getKeyValueStore(GroupStage.VIEW_STORE);
    return store.get(groupId);
  }

  @Override
  public void close() {
    driver.close();
  }
}
