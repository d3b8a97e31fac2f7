package io.emberwatch.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.replies.CapturedReplies;
import io.emberwatch.schemas.DbOverhead;
import io.emberwatch.schemas.MemoryStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemoryStatsReadingTest {

  private static MemoryStats golden(String release) {
    return MemoryStatsReading.read(CapturedReplies.list(release + "/memory-stats"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"redis-5.0", "redis-6.2", "redis-7.0.15", "redis-7.2", "redis-8.0-preview"})
  void knowsEveryFigureOfTheseReleases(String release) {
    MemoryStats stats = golden(release);
    assertThat(stats.getExtra()).isNull();
    assertThat(stats.getDatabases()).extracting(DbOverhead::getDb).containsExactly(0, 3);
    assertThat(stats.getKeysCount()).isEqualTo(3190);
    assertThat(stats.getTotalAllocated()).isPositive();
    assertThat(stats.getFragmentation()).isPositive();
  }

  @Test
  void readsWholeAndFractionalFiguresAndThoseOfADatabase() {
    MemoryStats stats = golden("redis-7.2");
    assertThat(stats.getPeakAllocated()).isEqualTo(2839312);
    assertThat(stats.getDatasetPercentage()).isEqualTo(61.90950012207031);
    assertThat(stats.getAllocatorFragmentationRatio()).isEqualTo(1.0912165641784668);
    assertThat(stats.getAllocatorFragmentationBytes()).isEqualTo(309864);
    assertThat(stats.getDatabases()).contains(new DbOverhead(0, 160328L, 32072L, 0L));
    assertThat(golden("redis-5.0").getRssOverheadBytes()).isEqualTo(-4386816);
    assertThat(golden("valkey-8.0.1").getAllocatorMuzzy()).isZero();
    assertThat(golden("valkey-8.0.1").getOverheadDbHashtableLut()).isEqualTo(40992);
    assertThat(golden("valkey-8.0.1").getExtra()).isNull();
    assertThat(golden("valkey-8.1.1").getExtra()).isNull();
    assertThat(golden("redis-8.0.2").getExtra())
        .containsOnlyKeys("replica.fullsync.buffer", "script.VMs");
    assertThat(golden("valkey-9.1.2").getExtra())
        .containsOnlyKeys("replicas.repl.buffer", "cluster.slot_import", "cluster.slot_export");
  }

  @Test
  void keepsWhatItDoesNotKnowAndNoMoreThanItMay() {
    List<Object> reply = new ArrayList<>(CapturedReplies.of("new.figure", 7L, "odd", "nan", "x"));
    assertThat(MemoryStatsReading.read(reply).getExtra())
        .containsOnly(Map.entry("new.figure", 7.0));
    List<Object> endless = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      endless.addAll(CapturedReplies.of("f" + i, 1L, "db." + i, CapturedReplies.of()));
    }
    MemoryStats stats = MemoryStatsReading.read(endless);
    assertThat(stats.getExtra()).hasSize(MemoryStatsReading.MAX_EXTRA);
    assertThat(stats.getDatabases()).hasSize(MemoryStatsReading.MAX_DATABASES);
  }

  @Property(tries = 200)
  void takesAnything(@ForAll List<byte[]> reply) {
    assertThat(MemoryStatsReading.read(new ArrayList<>(reply))).isNotNull();
  }
}
