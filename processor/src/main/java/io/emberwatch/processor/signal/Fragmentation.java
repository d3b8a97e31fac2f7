package io.emberwatch.processor.signal;

import io.emberwatch.schemas.MemorySection;
import org.jspecify.annotations.Nullable;

/**
 * Fragmentation ratio: {@code allocator_frag_ratio}, where the allocator reports it, else {@code
 * mem_fragmentation_ratio}. It is null unless it means something: the server is large enough or
 * wastes enough bytes, has run a while, and is not merely below an old peak.
 */
final class Fragmentation {

  /** 500 MB: below it the ratio is dominated by fixed costs (CacheCloud's threshold). */
  static final long MIN_USED_BYTES = 500L << 20;

  /** 100 MB: redis.conf active-defrag-ignore-bytes, below which Redis itself does not care. */
  static final long MIN_WASTED_BYTES = 100L << 20;

  /** 10 minutes: the ratio of a fresh server is still that of its start. */
  static final long MIN_UPTIME_SECONDS = 600;

  /** Above it the pages of an old peak are what is seen, not fragmentation. */
  static final double MAX_PEAK_RATIO = 1.5;

  private Fragmentation() {}

  /** The ratio, above 0. Null: not reported, or a gate does not hold. */
  static @Nullable Double ratio(@Nullable MemorySection memory, @Nullable Long uptimeSeconds) {
    if (memory == null || uptimeSeconds == null || uptimeSeconds <= MIN_UPTIME_SECONDS) {
      return null;
    }
    boolean counts = largeEnough(memory) && !postPeak(memory);
    return counts ? reported(memory) : null;
  }

  private static boolean largeEnough(MemorySection memory) {
    return PairedSample.orZero(memory.getUsedMemory()) >= MIN_USED_BYTES
        || PairedSample.orZero(wastedBytes(memory)) >= MIN_WASTED_BYTES;
  }

  private static boolean postPeak(MemorySection memory) {
    Double peakRatio = PairedSample.share(memory.getUsedMemoryPeak(), memory.getUsedMemory());
    return peakRatio != null && peakRatio > MAX_PEAK_RATIO;
  }

  private static @Nullable Double reported(MemorySection memory) {
    Long allocator = memory.getAllocatorFragRatioHundredths();
    Long hundredths = allocator != null ? allocator : memory.getMemFragmentationRatioHundredths();
    return hundredths == null ? null : (Double) (hundredths / 100.0);
  }

  private static @Nullable Long wastedBytes(MemorySection memory) {
    Long bytes = memory.getAllocatorFragBytes();
    if (bytes != null) {
      return bytes;
    }
    Long resident = memory.getUsedMemoryRss();
    Long used = memory.getUsedMemory();
    return resident == null || used == null ? null : (Long) (resident - used);
  }
}
