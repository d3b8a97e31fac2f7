package io.emberwatch.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used so far, from Linux's {@code /proc}.
 *
 * @param cpuMicros user and system time of all its threads; in steps of 10 ms
 * @param residentBytes RSS now
 */
record ProcessUse(long cpuMicros, long residentBytes) {

  /** USER_HZ, which is 100 on every Linux of today. */
  private static final long MICROS_A_TICK = 10_000;

  static ProcessUse of(long pid) {
    String stat = read(pid, "stat");
    // The second field, the name, may hold blanks; it ends with the last parenthesis.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    String resident =
        read(pid, "status")
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .map(line -> line.replaceAll("\\D", ""))
            .findFirst()
            .orElse("0");
    return new ProcessUse(ticks * MICROS_A_TICK, Long.parseLong(resident) * 1024);
  }

  /** CPU of a process's main thread in nanoseconds; Redis does nearly all of its work there. */
  static long mainThreadNanos(long pid) {
    return Long.parseLong(read(pid, "schedstat").split(" ", -1)[0]);
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + " is gone", e);
    }
  }
}
