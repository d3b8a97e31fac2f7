package io.emberwatch.processor.topology;

import io.emberwatch.processor.ProcessorConfig;
import io.emberwatch.processor.absence.AbsenceEvent;
import io.emberwatch.processor.health.Publication;
import io.emberwatch.processor.rule.RuleSet;
import io.emberwatch.processor.rule.View;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;

/**
 * The whole of the processor, in the order of the data:
 *
 * <pre>
 * samples ─▶ signals ─▶ rates
 *                   ├─▶ absence ─▶ breaches ──────────────┐
 *                   │     └─▶ forgotten: ends the rules' ─┤
 *                   ├─▶ rules of an instance ─▶ breaches ─┤
 *                   ├─▶ group ─▶ breaches ────────────────┤
 *                   └─────────────────────────────────────┴─▶ health
 * </pre>
 */
public final class ProcessorTopology implements Supplier<Topology> {

  private static final String SOURCE = "samples-source";

  private final ProcessorConfig config;
  private final StreamsConfig streamsConfig;
  private final StageSerdes serdes;
  private final MeterRegistry meters;
  private final Clock clock;

  /**
   * @param streamsConfig as {@link StreamsProperties} makes it; the check of names acts only here
   */
  public ProcessorTopology(
      ProcessorConfig config,
      StreamsConfig streamsConfig,
      SchemaIds ids,
      MeterRegistry meters,
      Clock clock) {
    this.config = config;
    this.streamsConfig = streamsConfig;
    this.serdes = new StageSerdes(config.applicationId(), ids);
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public Topology get() {
    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(streamsConfig));
    KStream<String, InstanceSample> samples = samples(builder);
    SignalStage signalStage = new SignalStage(builder, serdes, meters);
    KStream<String, Signals> signals = signalStage.apply(samples);
    KStream<String, Signals> polled = SignalStage.polled(signals);
    new RateStage(builder, serdes, meters).apply(polled, config.windowGrace());
    RuleSet rules = config.rules().rules();
    KStream<String, AbsenceEvent> absences =
        new AbsenceStage(builder, serdes, meters, rules.engine(View.ABSENCE), config.absence())
            .apply(signals);
    signalStage.forget(absences);
    KStream<String, Breach> breaches =
        new RuleStage(builder, serdes, rules.engine(View.INSTANCE), meters).apply(polled, absences);
    KStream<String, Breach> groupBreaches =
        new GroupStage(builder, serdes, meters, rules.engine(View.GROUP), config.groups())
            .apply(signals);
    new HealthStage(builder, serdes, meters, Publication.DEFAULT)
        .apply(polled, breaches, absences, groupBreaches);
    return builder.build();
  }

  private KStream<String, InstanceSample> samples(StreamsBuilder builder) {
    EventTimeExtractor eventTime = new EventTimeExtractor(config.clockTolerance(), clock, meters);
    return builder.stream(
        Topics.SAMPLES.name(),
        Consumed.with(serdes.key(), serdes.value(Topics.SAMPLES))
            .withTimestampExtractor(eventTime)
            .withName(SOURCE));
  }
}
