package io.emberwatch.collector;

import io.emberwatch.collector.schedule.PollResult;
import io.emberwatch.collector.schedule.PollSink;
import io.emberwatch.schemas.InstanceSample;
import java.util.List;
import java.util.function.Consumer;

/**
 * Shows each sample to those in the collector that follow what servers say, then hands it on.
 *
 * @param observers must not block, nor keep or change a sample
 */
record ObservedPolls(PollSink sink, List<Consumer<InstanceSample>> observers) implements PollSink {

  @Override
  public boolean hasRoom() {
    return sink.hasRoom();
  }

  @Override
  public void accept(PollResult result) {
    observers.forEach(observer -> observer.accept(result.sample()));
    sink.accept(result);
  }
}
