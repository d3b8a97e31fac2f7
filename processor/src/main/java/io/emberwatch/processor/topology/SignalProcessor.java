package io.emberwatch.processor.topology;

import io.emberwatch.processor.signal.Derivation;
import io.emberwatch.processor.signal.Derivation.Derived;
import io.emberwatch.processor.signal.SignalMath;
import io.emberwatch.processor.state.LastSample;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Reads what is remembered of the instance, derives, remembers, forwards. */
final class SignalProcessor implements FixedKeyProcessor<String, InstanceSample, Signals> {

  private final Counter derived;
  private final Counter stale;
  private @Nullable Wiring wiring;

  SignalProcessor(MeterRegistry meters) {
    this.derived = samples(meters, "derived");
    this.stale = samples(meters, "stale");
  }

  @Override
  public void init(FixedKeyProcessorContext<String, Signals> context) {
    wiring = new Wiring(context, context.getStateStore(SignalStage.STORE));
  }

  @Override
  public void process(FixedKeyRecord<String, InstanceSample> record) {
    if (wiring == null) {
      throw new IllegalStateException("process before init");
    }
    if (record.key() == null || record.value() == null) {
      throw new IllegalArgumentException("a sample needs an instance id as key and a value");
    }
    LastSample last = wiring.store.get(record.key());
    Instant now = Instant.ofEpochMilli(wiring.context.currentSystemTimeMs());
    Derivation derivation = SignalMath.derive(last, record.value(), eventTime(record), now);
    if (derivation instanceof Derived result) {
      wiring.store.put(record.key(), result.next());
      derived.increment();
      wiring.context.forward(record.withValue(result.signals()));
    } else {
      stale.increment();
    }
  }

  /**
   * The record's time has milliseconds; the sample's microseconds are kept unless it was clamped.
   */
  private static Instant eventTime(FixedKeyRecord<String, InstanceSample> record) {
    Instant sampledAt = record.value().getSampledAt();
    return sampledAt.toEpochMilli() == record.timestamp()
        ? sampledAt
        : Instant.ofEpochMilli(record.timestamp());
  }

  private static Counter samples(MeterRegistry meters, String outcome) {
    return Counter.builder("emberwatch.processor.samples")
        .description("Samples by outcome; read = derived + stale + dead letters")
        .tag("outcome", outcome)
        .register(meters);
  }

  private record Wiring(
      FixedKeyProcessorContext<String, Signals> context, KeyValueStore<String, LastSample> store) {}
}
