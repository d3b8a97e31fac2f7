package io.emberwatch.processor.signal;

import static io.emberwatch.processor.signal.PairedSample.atMostOne;

import io.emberwatch.processor.state.Counters;
import io.emberwatch.schemas.Signals;
import org.jspecify.annotations.Nullable;

/** How busy the thread that runs the commands is. Source: INFO cpu and stats. */
final class CpuSignals {

  private static final double MICROS_PER_SECOND = 1e6;

  private CpuSignals() {}

  static void write(PairedSample seen, Signals into) {
    into.setMainCpu(mainCpu(seen.pair()));
    into.setLoopBusy(loopBusy(seen.rate(Counters::getEventLoopUsec)));
  }

  /**
   * CPU seconds of the main thread per second, 1 = one core. Valkey 9.1 reports the thread's active
   * time, which is preferred since CPU time lies where I/O threads busy-wait; 6.2 and later the
   * main thread's user and system time; older ones only that of all threads.
   */
  static @Nullable Double mainCpu(@Nullable SamplePair pair) {
    if (pair == null) {
      return null;
    }
    Double active = pair.fractionRate(Counters::getCpuActiveSeconds);
    if (active != null) {
      return active;
    }
    Double mainThread = pair.fractionRate(Counters::getCpuMainThreadSeconds);
    return mainThread != null ? mainThread : pair.fractionRate(Counters::getCpuAllThreadsSeconds);
  }

  /**
   * {@code d(eventloop_duration_sum)/(dt*1e6)}, 0 to 1, since 7.2. A cycle is counted when it ends,
   * so one that is longer than the interval would pass 1: it is cut there.
   */
  private static @Nullable Double loopBusy(@Nullable Double usecPerSecond) {
    return usecPerSecond == null ? null : atMostOne(usecPerSecond / MICROS_PER_SECOND);
  }
}
