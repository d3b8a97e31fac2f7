package io.emberwatch.processor.signal;

import static io.emberwatch.processor.fixture.TestSample.poll;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.ConfigFacts;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.MemorySection;
import io.emberwatch.schemas.Signals;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MemorySignalsTest {

  private static final long MB = 1L << 20;

  @Test
  void memUtilIsUsedOfTheLimit() {
    Signals signals = memory(m -> m.setMaxmemory(800 * MB));
    assertThat(signals.getMemUtil()).isEqualTo(0.75);
    assertThat(signals.getUsedMemoryBytes()).isEqualTo(600 * MB);
    assertThat(signals.getMaxmemoryBytes()).isEqualTo(800 * MB);
  }

  @Test
  void memUtilIsNullWithoutALimit() {
    Signals signals = memory(m -> m.setMaxmemory(0L));
    assertThat(signals.getMemUtil()).isNull();
    assertThat(signals.getMaxmemoryBytes()).isZero();
  }

  @Test
  void limitComesFromTheConfigurationBeforeInfoSaysIt() {
    InstanceSample sample = poll(0);
    sample.getMemory().setUsedMemory(50L);
    ConfigFacts config = new ConfigFacts();
    config.setMaxmemory(200L);
    sample.setConfig(config);
    assertThat(SignalRun.of(sample).getMemUtil()).isEqualTo(0.25);
  }

  @Test
  void sysMemUtilIsResidentOfTheHost() {
    Signals signals =
        memory(
            m -> {
              m.setUsedMemoryRss(900 * MB);
              m.setTotalSystemMemory(3600 * MB);
            });
    assertThat(signals.getSysMemUtil()).isEqualTo(0.25);
  }

  @Test
  void evictRateAndShareAboveTheLimitAreOverTheInterval() {
    Signals signals =
        SignalRun.of(
            poll(0),
            poll(
                1,
                s -> {
                  s.getStats().setEvictedKeys(45L);
                  s.getStats().setTotalEvictionExceededTime(3_000L);
                }));
    assertThat(signals.getEvictRate()).isEqualTo(3.0);
    // 3,000 ms of 15,000 ms.
    assertThat(signals.getOverLimitShare()).isEqualTo(0.2);
  }

  @Test
  void shareAboveTheLimitNeverPassesOne() {
    Signals signals =
        SignalRun.of(poll(0), poll(1, s -> s.getStats().setTotalEvictionExceededTime(15_400L)));
    assertThat(signals.getOverLimitShare()).isEqualTo(1.0);
  }

  @Test
  void fragIsTheAllocatorsRatio() {
    Signals signals =
        memory(
            m -> {
              allocator(m, 180, 480 * MB);
              m.setMemFragmentationRatioHundredths(300L);
            });
    assertThat(signals.getFrag()).isEqualTo(1.8);
  }

  @Test
  void fragFallsBackToTheRatioOfTheProcess() {
    assertThat(memory(m -> m.setMemFragmentationRatioHundredths(170L)).getFrag()).isEqualTo(1.7);
  }

  @Test
  void fragIsNullOnASmallServerThatWastesLittle() {
    Signals signals =
        memory(
            m -> {
              m.setUsedMemory(499 * MB);
              m.setUsedMemoryPeak(499 * MB);
              allocator(m, 190, 99 * MB);
            });
    assertThat(signals.getFrag()).isNull();
  }

  @Test
  void fragCountsOnASmallServerThatWastesMuch() {
    Signals signals =
        memory(
            m -> {
              m.setUsedMemory(100 * MB);
              m.setUsedMemoryPeak(100 * MB);
              allocator(m, 200, 100 * MB);
            });
    assertThat(signals.getFrag()).isEqualTo(2.0);
  }

  @Test
  void fragIsNullInTheFirstTenMinutes() {
    InstanceSample young = sample(m -> m.setMemFragmentationRatioHundredths(170L));
    young.getServer().setUptimeInSeconds(600L);
    assertThat(SignalRun.of(young).getFrag()).isNull();
    InstanceSample old = sample(m -> m.setMemFragmentationRatioHundredths(170L));
    old.getServer().setUptimeInSeconds(601L);
    assertThat(SignalRun.of(old).getFrag()).isEqualTo(1.7);
  }

  @Test
  void fragIsNullAfterAPeak() {
    Consumer<MemorySection> ratio = m -> m.setMemFragmentationRatioHundredths(170L);
    assertThat(memory(ratio.andThen(m -> m.setUsedMemoryPeak(900 * MB))).getFrag()).isEqualTo(1.7);
    assertThat(memory(ratio.andThen(m -> m.setUsedMemoryPeak(901 * MB))).getFrag()).isNull();
  }

  private static Signals memory(Consumer<MemorySection> change) {
    return SignalRun.of(sample(change));
  }

  private static InstanceSample sample(Consumer<MemorySection> change) {
    InstanceSample sample = poll(0);
    sample.getMemory().setUsedMemory(600 * MB);
    sample.getMemory().setUsedMemoryPeak(600 * MB);
    change.accept(sample.getMemory());
    return sample;
  }

  private static void allocator(MemorySection memory, long ratioHundredths, long bytes) {
    memory.setAllocatorFragRatioHundredths(ratioHundredths);
    memory.setAllocatorFragBytes(bytes);
  }
}
