package io.emberwatch.collector.census;

import io.emberwatch.schemas.SliceEnd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts slices by how they ended, and tells when a target's begin to end otherwise. */
final class CensusMeters {

  private static final Logger LOG = LoggerFactory.getLogger(CensusMeters.class);

  private final MeterRegistry registry;
  private final Map<String, SliceEnd> last = new ConcurrentHashMap<>();

  CensusMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void ended(String instanceId, SliceEnd end) {
    Counter.builder("emberwatch.collector.census.slices")
        .description("slices of the key census, by how they ended")
        .tag("end", end.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
    if (last.put(instanceId, end) != end) {
      LOG.info("event=census_slice instance={} end={}", instanceId, end);
    }
  }

  void forget(String instanceId) {
    last.remove(instanceId);
  }
}
