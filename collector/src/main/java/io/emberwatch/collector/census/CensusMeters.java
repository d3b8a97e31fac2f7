package io.emberwatch.collector.census;

import io.emberwatch.schemas.HotKeysEnd;
import io.emberwatch.schemas.SliceEnd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts slices and looks at hot keys by how they ended, and tells when that changes. */
final class CensusMeters {

  private static final Logger LOG = LoggerFactory.getLogger(CensusMeters.class);

  private final MeterRegistry registry;
  private final Map<String, SliceEnd> last = new ConcurrentHashMap<>();
  private final Map<String, HotKeysEnd> lastHotKeys = new ConcurrentHashMap<>();

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

  /**
   * @param refusal first word of the error, or nothing
   */
  void hotKeysEnded(String instanceId, HotKeysEnd end, String refusal) {
    Counter.builder("emberwatch.collector.census.hot.keys")
        .description("looks at hot keys, by how they ended")
        .tag("end", end.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
    if (lastHotKeys.put(instanceId, end) != end) {
      LOG.info("event=hot_keys instance={} end={} refusal={}", instanceId, end, refusal);
    }
  }

  void forget(String instanceId) {
    last.remove(instanceId);
    lastHotKeys.remove(instanceId);
  }
}
