package io.emberwatch.processor.topology;

import io.emberwatch.schemas.Breach;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the transitions that the stages publish, of instances, groups and silence alike. */
final class PublishedBreaches {

  private static final Logger LOG = LoggerFactory.getLogger(PublishedBreaches.class);

  private final MeterRegistry meters;

  PublishedBreaches(MeterRegistry meters) {
    this.meters = meters;
  }

  void count(Breach breach) {
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
}
