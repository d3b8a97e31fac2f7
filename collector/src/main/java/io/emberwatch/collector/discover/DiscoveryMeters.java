package io.emberwatch.collector.discover;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counters of all discoveries. */
final class DiscoveryMeters {

  private final Counter answered;
  private final Counter failed;

  DiscoveryMeters(MeterRegistry registry) {
    answered = looks(registry, "answered");
    failed = looks(registry, "failed");
  }

  void looked(boolean good) {
    (good ? answered : failed).increment();
  }

  private static Counter looks(MeterRegistry registry, String result) {
    return Counter.builder("emberwatch.collector.discovery.looks")
        .description("looks for the servers of a discovery")
        .tag("result", result)
        .register(registry);
  }
}
