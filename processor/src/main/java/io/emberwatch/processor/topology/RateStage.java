package io.emberwatch.processor.topology;

import io.emberwatch.processor.rate.WindowSize;
import io.emberwatch.processor.state.WindowSummary;
import io.emberwatch.schemas.Rate;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * Signals to their summaries over tumbling windows of 1 minute, 5 minutes and 1 hour.
 *
 * <pre>
 * in     signals, instance id to Signals
 * out    emberwatch.rates, instance id to Rate: one a signal and window, once, when it closes
 * stores rate-1m, rate-5m, rate-1h, window start and instance id to WindowSummary; in memory with
 *        changelogs; about 1.5 + 2.5 + 7 kB an instance, so 110 MB for 10,000 instances; a window
 *        is deleted when it closes
 * time   event time: a window closes when the stream's time has passed its end by the grace
 * late   a sample of a closed window is dropped and counted
 * bad    a window that cannot be closed is deleted with a dead letter of kind punctuation
 * </pre>
 *
 * A sample enters its minute only; a closed minute enters its five minutes, and these their hour.
 * So a sample costs one small read and write instead of three, the last of which would be 7 kB:
 * sketches merge without loss. In memory, since 12 partitions of three RocksDB stores would cost
 * more to open than all this holds.
 */
public final class RateStage {

  private static final String CLOSE = "rate-close";
  private static final String SINK = "rate-sink";

  private final StreamsBuilder builder;
  private final StageSerdes serdes;
  private final MeterRegistry meters;

  public RateStage(StreamsBuilder builder, StageSerdes serdes, MeterRegistry meters) {
    this.builder = builder;
    this.serdes = serdes;
    this.meters = meters;
  }

  /**
   * Summarises and publishes.
   *
   * @param grace how long after its end a window waits for late samples, 0 or more
   */
  public void apply(KStream<String, Signals> signals, Duration grace) {
    for (WindowSize size : WindowSize.values()) {
      String store = store(size);
      builder.addStateStore(
          Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(store),
              serdes.key(),
              serdes.state(store, WindowSummary.class)));
    }
    KStream<String, Rate> rates =
        signals.process(
            () -> new RateProcessor(grace, meters),
            Named.as(CLOSE),
            store(WindowSize.MINUTE),
            store(WindowSize.FIVE_MINUTES),
            store(WindowSize.HOUR));
    rates.to(
        Topics.RATES.name(),
        Produced.with(serdes.key(), serdes.value(Topics.RATES)).withName(SINK));
  }

  static String store(WindowSize size) {
    return switch (size) {
      case MINUTE -> "rate-1m";
      case FIVE_MINUTES -> "rate-5m";
      case HOUR -> "rate-1h";
    };
  }
}
