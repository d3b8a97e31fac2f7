package io.emberwatch.processor.signal;

import static io.emberwatch.processor.signal.PairedSample.atMostOne;

import io.emberwatch.processor.state.ErrorCounters;
import io.emberwatch.schemas.ErrorStats;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.StatsSection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Error replies, all and by their first word. Source: INFO stats and errorstats, since 6.2.
 * errorstats may come less often than the polls, so it has its own base and interval.
 */
final class ErrorSignals {

  /** Commands below which a ratio says nothing: at 100 one error still moves it by one percent. */
  static final long MIN_COMMANDS = 100;

  /** The server stopped to count by prefix: too many of them. */
  private static final String DISABLED = "ERRORSTATS_DISABLED";

  private ErrorSignals() {}

  /** Null: this sample has no errorstats, or the server has given up on them. */
  static @Nullable ErrorCounters read(InstanceSample sample, Instant eventTime) {
    List<ErrorStats> errors = sample.getErrors();
    StatsSection stats = sample.getStats();
    if (errors == null || stats == null || count(errors, DISABLED) > 0) {
      return null;
    }
    return new ErrorCounters(
        CounterReading.moment(sample, eventTime),
        stats.getTotalCommandsProcessed(),
        stats.getTotalErrorReplies(),
        count(errors, "MOVED"),
        count(errors, "ASK"),
        count(errors, "OOM"),
        count(errors, "MISCONF"));
  }

  /** Writes the signals of two readings of one run without a reset in between. */
  static void write(@Nullable ErrorCounters before, @Nullable ErrorCounters after, Signals into) {
    if (before == null || after == null) {
      return;
    }
    double seconds = Interval.seconds(before.getAt(), after.getAt());
    if (seconds <= 0) {
      return;
    }
    into.setErrRate(ratio(before, after));
    into.setOomErrorRate(perSecond(before.getOom(), after.getOom(), seconds));
    into.setMisconfErrorRate(perSecond(before.getMisconf(), after.getMisconf(), seconds));
  }

  /**
   * {@code (d(total_error_replies)-d(MOVED)-d(ASK))/d(total_commands_processed)}, 0 to 1. MOVED and
   * ASK are how a cluster works. Replies to what is no command at all count as errors but not as
   * commands, so the ratio is cut at 1. Null: below 100 commands, or unknown.
   */
  private static @Nullable Double ratio(ErrorCounters before, ErrorCounters after) {
    Long commands = CounterDelta.of(before.getCommands(), after.getCommands());
    Long replies = CounterDelta.of(before.getReplies(), after.getReplies());
    Long moved = CounterDelta.of((Long) before.getMoved(), (Long) after.getMoved());
    Long ask = CounterDelta.of((Long) before.getAsk(), (Long) after.getAsk());
    if (commands == null || replies == null || moved == null || ask == null) {
      return null;
    }
    if (commands < MIN_COMMANDS) {
      return null;
    }
    return atMostOne(Math.max(0, replies - moved - ask) / commands.doubleValue());
  }

  private static @Nullable Double perSecond(long before, long after, double seconds) {
    return after < before ? null : (Double) ((after - before) / seconds);
  }

  private static long count(List<ErrorStats> errors, String prefix) {
    return errors.stream()
        .filter(error -> prefix.equals(error.getPrefix()))
        .mapToLong(ErrorStats::getCount)
        .sum();
  }
}
