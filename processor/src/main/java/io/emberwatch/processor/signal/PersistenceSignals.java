package io.emberwatch.processor.signal;

import static io.emberwatch.processor.signal.PairedSample.field;

import io.emberwatch.schemas.ConfigFacts;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.MemorySection;
import io.emberwatch.schemas.PersistenceSection;
import io.emberwatch.schemas.ServerSection;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.StatsSection;
import org.jspecify.annotations.Nullable;

/** Saves, the append-only file, and what forking for them costs. Source: INFO persistence. */
final class PersistenceSignals {

  private static final double BYTES_PER_GIB = 1L << 30;

  private PersistenceSignals() {}

  static void write(PairedSample seen, Signals into) {
    InstanceSample sample = seen.sample();
    PersistenceSection persistence = sample.getPersistence();
    Long saveInterval = field(sample.getConfig(), ConfigFacts::getSaveLongestIntervalSeconds);
    into.setSaveLongestIntervalSeconds(saveInterval);
    if (persistence != null) {
      into.setRdbAgeSeconds(
          rdbAge(persistence.getRdbLastSaveTime(), saveInterval, nowSeconds(sample, into)));
      into.setRdbChanges(persistence.getRdbChangesSinceLastSave());
      into.setBgsaveOk(persistence.getRdbLastBgsaveOk());
      into.setAofEnabled(persistence.getAofEnabled());
      into.setAofWriteOk(persistence.getAofLastWriteOk());
      into.setAofRewriteOk(persistence.getAofLastBgrewriteOk());
    }
    Long forkUsec = forkUsec(field(sample.getStats(), StatsSection::getLatestForkUsec));
    into.setForkUsec(forkUsec);
    into.setForkMsPerGb(
        forkMillisPerGib(forkUsec, field(sample.getMemory(), MemorySection::getUsedMemory)));
  }

  /**
   * {@code now - max(rdb_last_save_time, 0)}, seconds, 0 or more. A server sets the time to its
   * start at boot, so before the first save this is the uptime. Null: not reported, or saves are
   * off (interval 0); when the configuration could not be read they are taken to be on.
   */
  static @Nullable Double rdbAge(
      @Nullable Long lastSaveSeconds, @Nullable Long saveIntervalSeconds, double nowSeconds) {
    boolean off = saveIntervalSeconds != null && saveIntervalSeconds == 0;
    return off || lastSaveSeconds == null
        ? null
        : (Double) Math.max(0, nowSeconds - Math.max(lastSaveSeconds, 0));
  }

  /** Zero means that there was no fork since the start or CONFIG RESETSTAT: null. */
  private static @Nullable Long forkUsec(@Nullable Long reported) {
    return reported == null || reported == 0 ? null : reported;
  }

  /** {@code latest_fork_usec/1000/(used_memory/2^30)}; 9 to 25 is normal. Null: unknown. */
  static @Nullable Double forkMillisPerGib(@Nullable Long forkUsec, @Nullable Long usedBytes) {
    return forkUsec == null || usedBytes == null || usedBytes <= 0
        ? null
        : (Double) (forkUsec / 1000.0 / (usedBytes / BYTES_PER_GIB));
  }

  /** By the server's clock, which wrote the time of the save; else the collector's. */
  private static double nowSeconds(InstanceSample sample, Signals signals) {
    Long serverUsec = field(sample.getServer(), ServerSection::getServerTimeUsec);
    return serverUsec != null ? serverUsec / 1e6 : signals.getSampledAt().toEpochMilli() / 1e3;
  }
}
