package io.emberwatch.processor.signal;

import io.emberwatch.processor.state.SlowlogPosition;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.SlowlogSummary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Slow commands, by the ids of the slow log: they only grow within a run, whatever the log has
 * dropped and whichever collector looks.
 */
final class SlowlogSignals {

  private SlowlogSignals() {}

  /** Null: the slow log was not probed in this poll. */
  static @Nullable SlowlogPosition read(InstanceSample sample, Instant eventTime) {
    SlowlogSummary slowlog = sample.getSlowlog();
    return slowlog == null
        ? null
        : new SlowlogPosition(CounterReading.moment(sample, eventTime), slowlog.getLastId());
  }

  /** Writes what this sample alone says: the slowest command since the look before. */
  static void writeSlowest(@Nullable SlowlogSummary slowlog, Signals into) {
    if (slowlog != null && slowlog.getEntriesNew() > 0) {
      into.setSlowestCommandUsec(slowlog.getSlowestUsec());
    }
  }

  /** Writes what two positions of one run say. */
  static void writeRate(
      @Nullable SlowlogPosition before, @Nullable SlowlogPosition after, Signals into) {
    if (before != null && after != null) {
      into.setSlowRate(rate(before, after));
    }
  }

  /** {@code (newest id - last seen id)/dt}, entries per second, 0 or more. Null: the id fell. */
  private static @Nullable Double rate(SlowlogPosition before, SlowlogPosition after) {
    double seconds = Interval.seconds(before.getAt(), after.getAt());
    return after.getLastId() < before.getLastId() || seconds <= 0
        ? null
        : (Double) ((after.getLastId() - before.getLastId()) / seconds);
  }
}
