package io.emberwatch.local.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table that ends the demo. Seconds; resolved counts from the healing of the fault. */
final class FaultTable {

  private static final String ROW = "%-24s %-13s %8s %9s %9s %9s  %s%n";

  private FaultTable() {}

  static String print(List<FaultRun> runs) {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT, ROW, "fault", "cause", "breach", "incident", "notified", "resolved", ""));
    for (FaultRun run : runs) {
      table.append(
          String.format(
              Locale.ROOT,
              ROW,
              run.fault().name(),
              run.fault().cause().toString().toLowerCase(Locale.ROOT),
              seconds(run.breach()),
              seconds(run.incident()),
              seconds(run.notified()),
              seconds(run.resolved()),
              run.failure().map(text -> "FAILED: " + text).orElse("ok")));
    }
    return table.toString();
  }

  static String seconds(@Nullable Duration duration) {
    return duration == null
        ? "-"
        : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
