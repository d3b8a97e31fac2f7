package io.emberwatch.processor.signal;

import static io.emberwatch.processor.signal.PairedSample.atMostOne;
import static io.emberwatch.processor.signal.PairedSample.field;
import static io.emberwatch.processor.signal.PairedSample.share;

import io.emberwatch.processor.state.Counters;
import io.emberwatch.schemas.ConfigFacts;
import io.emberwatch.schemas.EvictionPolicy;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.MemorySection;
import io.emberwatch.schemas.Signals;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How full the memory is and what eviction does about it. Source: INFO memory and stats. */
final class MemorySignals {

  private MemorySignals() {}

  static void write(PairedSample seen, Signals into) {
    InstanceSample sample = seen.sample();
    MemorySection memory = sample.getMemory();
    Long used = field(memory, MemorySection::getUsedMemory);
    Long limit = maxmemory(memory, sample.getConfig());
    into.setUsedMemoryBytes(used);
    into.setMaxmemoryBytes(limit);
    into.setMaxmemoryPolicy(policy(field(memory, MemorySection::getMaxmemoryPolicy)));
    into.setMemUtil(share(used, limit));
    into.setSysMemUtil(
        share(
            field(memory, MemorySection::getUsedMemoryRss),
            field(memory, MemorySection::getTotalSystemMemory)));
    into.setEvictRate(seen.rate(Counters::getEvictedKeys));
    into.setOverLimitShare(overLimitShare(seen.rate(Counters::getEvictionExceededMillis)));
    into.setFrag(Fragmentation.ratio(memory, into.getUptimeSeconds()));
  }

  /** Bytes, 0 = unlimited: INFO's since 3.2, else the configuration's. Null: neither is known. */
  private static @Nullable Long maxmemory(
      @Nullable MemorySection memory, @Nullable ConfigFacts config) {
    Long reported = field(memory, MemorySection::getMaxmemory);
    return reported != null || memory == null ? reported : field(config, ConfigFacts::getMaxmemory);
  }

  /** As the server spells it: {@code allkeys-lru}. */
  private static @Nullable String policy(@Nullable EvictionPolicy policy) {
    return policy == null || policy == EvictionPolicy.UNKNOWN
        ? null
        : policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Milliseconds above the limit per second, as a share of time, 0 to 1. */
  private static @Nullable Double overLimitShare(@Nullable Double millisPerSecond) {
    return millisPerSecond == null ? null : atMostOne(millisPerSecond / 1000);
  }
}
