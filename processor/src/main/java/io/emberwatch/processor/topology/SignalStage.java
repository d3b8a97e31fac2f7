package io.emberwatch.processor.topology;

import io.emberwatch.processor.absence.AbsenceEvent;
import io.emberwatch.processor.state.LastSample;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Samples to signals.
 *
 * <pre>
 * in     emberwatch.samples, instance id to InstanceSample
 * out    emberwatch.signals, instance id to Signals
 * store  last-sample, instance id to LastSample; in memory with a changelog; about 400 bytes an
 *        instance, so 12 MB for 30,000 instances; compacted; dropped when the absence stage
 *        forgets the instance
 * time   event time; freshness alone reads the clock
 * late   a sample that is not newer than the last one is dropped and counted as stale, and so is
 *        one that retires an instance of which nothing is remembered
 * bad    a record without key or value is a dead letter
 * </pre>
 */
public final class SignalStage {

  static final String STORE = "last-sample";
  private static final String DERIVE = "signal-derive";
  private static final String FORGET = "signal-forget";
  private static final String SINK = "signal-sink";
  private static final String POLLED = "signal-polled";

  private final StreamsBuilder builder;
  private final StageSerdes serdes;
  private final MeterRegistry meters;

  public SignalStage(StreamsBuilder builder, StageSerdes serdes, MeterRegistry meters) {
    this.builder = builder;
    this.serdes = serdes;
    this.meters = meters;
  }

  /** Derives signals, publishes them and hands them on. */
  public KStream<String, Signals> apply(KStream<String, InstanceSample> samples) {
    builder.addStateStore(store());
    KStream<String, Signals> signals =
        samples.processValues(() -> new SignalProcessor(meters), Named.as(DERIVE), STORE);
    signals.to(
        Topics.SIGNALS.name(),
        Produced.with(serdes.key(), serdes.value(Topics.SIGNALS)).withName(SINK));
    return signals;
  }

  /** The signals of polls: without those that say that an instance was retired. */
  public static KStream<String, Signals> polled(KStream<String, Signals> signals) {
    return signals.filterNot(SignalStage::isRetired, Named.as(POLLED));
  }

  private static boolean isRetired(String instanceId, Signals signals) {
    return signals.getState() == TargetState.RETIRED;
  }

  /** Drops what is remembered of instances that are no longer expected. */
  public void forget(KStream<String, AbsenceEvent> absences) {
    absences.process(SampleForgetting::new, Named.as(FORGET), STORE);
  }

  private StoreBuilder<KeyValueStore<String, LastSample>> store() {
    return Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(STORE), serdes.key(), serdes.state(STORE, LastSample.class));
  }
}
