package io.emberwatch.processor.topology;

import io.emberwatch.processor.rule.Evaluation;
import io.emberwatch.processor.rule.RuleEngine;
import io.emberwatch.processor.rule.SignalsObservation;
import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Signals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Reads the instance's rule state, judges, remembers, forwards. */
final class RuleProcessor implements FixedKeyProcessor<String, Signals, Breach> {

  private final RuleEngine engine;
  private final PublishedBreaches published;
  private final Counter late;
  private @Nullable Wiring wiring;

  RuleProcessor(RuleEngine engine, MeterRegistry meters) {
    this.engine = engine;
    this.published = new PublishedBreaches(meters);
    this.late = LateSignals.of("rule", meters);
  }

  @Override
  public void init(FixedKeyProcessorContext<String, Breach> context) {
    wiring = new Wiring(context, context.getStateStore(RuleStage.STORE));
  }

  @Override
  public void process(FixedKeyRecord<String, Signals> record) {
    if (wiring == null) {
      throw new IllegalStateException("process before init");
    }
    if (record.key() == null || record.value() == null) {
      throw new IllegalArgumentException("signals need an instance id as key and a value");
    }
    Signals signals = record.value();
    RuleStates before = wiring.store.get(record.key());
    Evaluation after =
        engine.evaluate(before, new SignalsObservation(signals, signals.getSampledAt()));
    if (after.late()) {
      late.increment();
      return;
    }
    wiring.store.put(record.key(), after.state());
    for (Breach breach : after.transitions()) {
      published.count(breach);
      wiring.context.forward(record.withValue(breach));
    }
  }

  private record Wiring(
      FixedKeyProcessorContext<String, Breach> context, KeyValueStore<String, RuleStates> store) {}
}
