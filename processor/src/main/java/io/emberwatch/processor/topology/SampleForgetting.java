package io.emberwatch.processor.topology;

import io.emberwatch.processor.absence.AbsenceEvent;
import io.emberwatch.processor.state.LastSample;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Drops what the signal stage remembers of an instance that is no longer expected. */
final class SampleForgetting implements Processor<String, AbsenceEvent, Void, Void> {

  private @Nullable KeyValueStore<String, LastSample> samples;

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    samples = context.getStateStore(SignalStage.STORE);
  }

  @Override
  public void process(Record<String, AbsenceEvent> record) {
    if (samples == null) {
      throw new IllegalStateException("process before init");
    }
    if (record.value() instanceof AbsenceEvent.Forgotten) {
      samples.delete(record.key());
    }
  }
}
