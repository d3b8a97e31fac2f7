package io.emberwatch.processor.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the signals that a stage ignored since newer ones of the same instance came before. The
 * signal stage lets them through only when a collector's clock went backwards.
 */
final class LateSignals {

  private LateSignals() {}

  static Counter of(String stage, MeterRegistry meters) {
    return Counter.builder("emberwatch.processor.signals.late")
        .description("Signals that a stage ignored since newer ones came before")
        .tag("stage", stage)
        .register(meters);
  }
}
