package io.emberwatch.processor.topology;

import io.emberwatch.processor.absence.AbsenceEvent;
import io.emberwatch.processor.rule.RuleEngine;
import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Ends what fires on an instance that is no longer expected, and drops its rule state. */
final class RuleRetirement implements FixedKeyProcessor<String, AbsenceEvent, Breach> {

  private final RuleEngine engine;
  private final PublishedBreaches published;
  private @Nullable Wiring wiring;

  RuleRetirement(RuleEngine engine, MeterRegistry meters) {
    this.engine = engine;
    this.published = new PublishedBreaches(meters);
  }

  @Override
  public void init(FixedKeyProcessorContext<String, Breach> context) {
    wiring = new Wiring(context, context.getStateStore(RuleStage.STORE));
  }

  @Override
  public void process(FixedKeyRecord<String, AbsenceEvent> record) {
    if (wiring == null) {
      throw new IllegalStateException("process before init");
    }
    if (record.value() instanceof AbsenceEvent.Forgotten forgotten) {
      RuleStates state = wiring.states.delete(record.key());
      for (Breach breach : engine.retire(state, forgotten.last())) {
        published.count(breach);
        wiring.context.forward(record.withValue(breach));
      }
    }
  }

  private record Wiring(
      FixedKeyProcessorContext<String, Breach> context, KeyValueStore<String, RuleStates> states) {}
}
