package io.emberwatch.processor.signal;

import io.emberwatch.processor.state.LastSample;
import io.emberwatch.schemas.InstanceSample;

/**
 * Tells a repeated or late sample. One collector numbers its polls, so its number decides, unless
 * the collector began anew, which shows in a later time. Between collectors only time can decide.
 */
final class SampleOrder {

  private SampleOrder() {}

  /** The sample is not newer than the last one. */
  static boolean isStale(LastSample last, InstanceSample sample, long eventMicros) {
    boolean later = eventMicros > last.getSampledAtMicros();
    boolean sameCollector = last.getCollectorId().equals(sample.getCollectorId());
    return !later && !(sameCollector && sample.getSequence() > last.getSequence());
  }
}
