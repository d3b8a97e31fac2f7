package io.emberwatch.processor.signal;

import static io.emberwatch.processor.fixture.TestSample.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emberwatch.schemas.CpuSection;
import io.emberwatch.schemas.EventLoop;
import io.emberwatch.schemas.InstanceSample;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** 15 s lie between two polls. */
class CpuSignalsTest {

  @Test
  void mainCpuIsTheMainThreadsTime() {
    Double mainCpu = mainCpu(cpu -> allAndMain(cpu, 100, 50), cpu -> allAndMain(cpu, 130, 59));
    // Both halves grew by 4.5 s.
    assertThat(mainCpu).isCloseTo(0.6, within(1e-9));
  }

  @Test
  void mainCpuIsAllThreadsTimeBeforeTheMainThreadsIsReported() {
    Double mainCpu = mainCpu(cpu -> all(cpu, 100), cpu -> all(cpu, 112));
    assertThat(mainCpu).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void mainCpuPrefersActiveTime() {
    Consumer<CpuSection> before = cpu -> allAndMain(cpu, 100, 50);
    Consumer<CpuSection> after = cpu -> allAndMain(cpu, 130, 65);
    Double mainCpu =
        mainCpu(
            before.andThen(cpu -> cpu.setUsedActiveTimeMainThreadMicros(10_000_000L)),
            after.andThen(cpu -> cpu.setUsedActiveTimeMainThreadMicros(13_000_000L)));
    assertThat(mainCpu).isCloseTo(0.2, within(1e-9));
  }

  @Test
  void loopBusyIsTheLoopsTimeOfTheInterval() {
    assertThat(SignalRun.of(loop(poll(0), 1_000_000), loop(poll(1), 11_500_000)).getLoopBusy())
        .isCloseTo(0.7, within(1e-9));
  }

  @Test
  void loopBusyNeverPassesOne() {
    assertThat(SignalRun.of(loop(poll(0), 0), loop(poll(1), 40_000_000)).getLoopBusy())
        .isEqualTo(1.0);
  }

  @Test
  void loopBusyIsNullBeforeServersReportIt() {
    assertThat(SignalRun.of(poll(0), poll(1)).getLoopBusy()).isNull();
  }

  private static Double mainCpu(Consumer<CpuSection> before, Consumer<CpuSection> after) {
    return SignalRun.of(
            poll(0, s -> before.accept(s.getCpu())), poll(1, s -> after.accept(s.getCpu())))
        .getMainCpu();
  }

  private static void all(CpuSection cpu, double seconds) {
    cpu.setUsedCpuSysMicros(half(seconds));
    cpu.setUsedCpuUserMicros(half(seconds));
  }

  private static void allAndMain(CpuSection cpu, double all, double main) {
    all(cpu, all);
    cpu.setUsedCpuSysMainThreadMicros(half(main));
    cpu.setUsedCpuUserMainThreadMicros(half(main));
  }

  private static long half(double seconds) {
    return Math.round(seconds * 1e6 / 2);
  }

  private static InstanceSample loop(InstanceSample sample, long usec) {
    EventLoop loop = new EventLoop();
    loop.setEventloopDurationSum(usec);
    sample.getStats().setEventLoop(loop);
    return sample;
  }
}
