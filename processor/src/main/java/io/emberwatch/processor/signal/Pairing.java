package io.emberwatch.processor.signal;

import io.emberwatch.processor.state.Counters;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What two samples of a server are to each other. Only {@link Usable} yields deltas; every other
 * case says why not.
 */
sealed interface Pairing {

  /** No earlier sample is known. */
  record First() implements Pairing {}

  /** The server was restarted: run_id changed, or uptime fell. */
  record Restarted() implements Pairing {}

  /** CONFIG RESETSTAT: a counter that it resets fell within one run. */
  record StatsReset() implements Pairing {}

  /** More than three poll intervals apart: samples were missed. */
  record Gap() implements Pairing {}

  /** Less than half a poll interval apart: the older one stays the base for the next. */
  record TooClose() implements Pairing {}

  /** Both clocks stand or went backwards. */
  record ClockWentBack() implements Pairing {}

  /** Fit to take deltas from. */
  record Usable(SamplePair pair) implements Pairing {}

  /** Counters that CONFIG RESETSTAT sets to zero. */
  List<Function<Counters, @Nullable Long>> RESETTABLE =
      List.of(
          Counters::getCommands,
          Counters::getConnections,
          Counters::getRejectedConnections,
          Counters::getEvictedKeys,
          Counters::getExpiredKeys,
          Counters::getKeyspaceHits,
          Counters::getKeyspaceMisses,
          Counters::getNetInputBytes,
          Counters::getNetOutputBytes,
          Counters::getEvictionExceededMillis,
          Counters::getEventLoopUsec);

  /**
   * Judges a pair.
   *
   * @param before the base of the earlier sample. Null: there is none
   * @param pollIntervalMillis as configured, above 0
   */
  static Pairing of(@Nullable Counters before, Counters after, long pollIntervalMillis) {
    if (before == null) {
      return new First();
    }
    if (restarted(before, after)) {
      return new Restarted();
    }
    if (RESETTABLE.stream().anyMatch(c -> CounterDelta.fell(c.apply(before), c.apply(after)))) {
      return new StatsReset();
    }
    double seconds = Interval.seconds(before.getAt(), after.getAt());
    if (seconds <= 0) {
      return new ClockWentBack();
    }
    if (Interval.tooShort(seconds, pollIntervalMillis)) {
      return new TooClose();
    }
    if (Interval.tooLong(seconds, pollIntervalMillis)) {
      return new Gap();
    }
    return new Usable(new SamplePair(before, after, seconds));
  }

  /** The pair to take deltas from. Null: there is none. */
  default @Nullable SamplePair pairOrNull() {
    return this instanceof Usable usable ? usable.pair() : null;
  }

  private static boolean restarted(Counters before, Counters after) {
    boolean otherRun =
        before.getRunId() != null
            && after.getRunId() != null
            && !Objects.equals(before.getRunId(), after.getRunId());
    return otherRun || CounterDelta.fell(before.getUptimeSeconds(), after.getUptimeSeconds());
  }
}
