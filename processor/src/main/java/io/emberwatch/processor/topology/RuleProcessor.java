package io.emberwatch.processor.topology;

import io.emberwatch.processor.rule.Evaluation;
import io.emberwatch.processor.rule.RuleEngine;
import io.emberwatch.processor.rule.SignalsObservation;
import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Signals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the instance's rule state, judges, remembers, forwards. */
final class RuleProcessor implements FixedKeyProcessor<String, Signals, Breach> {

  private static final Logger LOG = LoggerFactory.getLogger(RuleProcessor.class);

  private final RuleEngine engine;
  private final MeterRegistry meters;
  private final Counter late;
  private @Nullable Wiring wiring;

  RuleProcessor(RuleEngine engine, MeterRegistry meters) {
    this.engine = engine;
    this.meters = meters;
    this.late =
        Counter.builder("emberwatch.processor.rules.late")
            .description("Signals that no rule judged since newer ones had been judged before")
            .register(meters);
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
      count(breach);
      wiring.context.forward(record.withValue(breach));
    }
  }

  private void count(Breach breach) {
    Counter.builder("emberwatch.processor.breaches")
        .description("Transitions published, by rule and transition")
        .tag("rule", breach.getRuleId())
        .tag("transition", breach.getTransition().name().toLowerCase(Locale.ROOT))
        .register(meters)
        .increment();
    LOG.debug(
        "event=breach transition={} rule={} severity={} scope={} trace={}",
        breach.getTransition(),
        breach.getRuleId(),
        breach.getSeverity(),
        breach.getScopeId(),
        breach.getTraceId());
  }

  private record Wiring(
      FixedKeyProcessorContext<String, Breach> context, KeyValueStore<String, RuleStates> store) {}
}
