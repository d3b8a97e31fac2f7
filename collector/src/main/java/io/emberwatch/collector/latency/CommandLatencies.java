package io.emberwatch.collector.latency;

import io.emberwatch.schemas.CommandHistogram;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * LATENCY HISTOGRAM: since its start or CONFIG RESETSTAT a server counts, by command, the calls
 * that took up to each power of two of microseconds. Pure and immutable.
 */
public record CommandLatencies(SortedMap<String, Buckets> byCommand) {

  /** Of a server that has just been started. */
  public static final CommandLatencies NONE = new CommandLatencies(new TreeMap<>());

  /** Redis 8 knows some 450 commands with their subcommands. */
  static final int MAX_COMMANDS = 2048;

  /** Redis gives at most 31, up to about a second. */
  private static final int MAX_BUCKETS = 64;

  private static final int MAX_NAME = 128;

  /**
   * One command.
   *
   * @param counts calls of each bucket alone, by its upper bound in microseconds
   */
  public record Buckets(long calls, SortedMap<Long, Long> counts) {}

  /**
   * Reads names and details in turn, the details being {@code calls}, a number, {@code
   * histogram_usec}, and bounds and cumulative counts in turn. A command that cannot be read is
   * passed over.
   */
  public static CommandLatencies read(List<?> reply) {
    SortedMap<String, Buckets> byCommand = new TreeMap<>();
    for (int i = 0; i + 1 < reply.size() && byCommand.size() < MAX_COMMANDS; i += 2) {
      Buckets buckets = buckets(reply.get(i + 1));
      if (buckets != null && reply.get(i) instanceof byte[] name && name.length <= MAX_NAME) {
        byCommand.put(new String(name, StandardCharsets.UTF_8), buckets);
      }
    }
    return new CommandLatencies(byCommand);
  }

  /**
   * What was counted after an earlier look. A command of which any count fell was counted anew
   * since: all of it is of this interval. Commands without a call are left out.
   */
  public List<CommandHistogram> since(CommandLatencies earlier) {
    List<CommandHistogram> deltas = new ArrayList<>();
    byCommand.forEach(
        (command, now) -> {
          Buckets delta = delta(earlier.byCommand.get(command), now);
          if (delta.calls() > 0) {
            deltas.add(
                new CommandHistogram(
                    command,
                    delta.calls(),
                    List.copyOf(delta.counts().keySet()),
                    List.copyOf(delta.counts().values())));
          }
        });
    return deltas;
  }

  private static Buckets delta(@Nullable Buckets before, Buckets now) {
    if (before == null || fell(before, now)) {
      return now;
    }
    SortedMap<Long, Long> counts = new TreeMap<>();
    now.counts()
        .forEach(
            (bound, count) -> {
              long more = count - before.counts().getOrDefault(bound, 0L);
              if (more > 0) {
                counts.put(bound, more);
              }
            });
    return new Buckets(now.calls() - before.calls(), counts);
  }

  private static boolean fell(Buckets before, Buckets now) {
    return now.calls() < before.calls()
        || before.counts().entrySet().stream()
            .anyMatch(bucket -> now.counts().getOrDefault(bucket.getKey(), 0L) < bucket.getValue());
  }

  private static @Nullable Buckets buckets(Object details) {
    if (details instanceof List<?> parts
        && parts.size() >= 4
        && parts.get(1) instanceof Long calls
        && parts.get(3) instanceof List<?> cumulative) {
      SortedMap<Long, Long> counts = counts(cumulative);
      return counts == null || calls < 0 ? null : new Buckets(calls, counts);
    }
    return null;
  }

  /** Null when bounds or counts do not rise. */
  private static @Nullable SortedMap<Long, Long> counts(List<?> cumulative) {
    SortedMap<Long, Long> counts = new TreeMap<>();
    long below = 0;
    for (int i = 0; i + 1 < cumulative.size() && counts.size() < MAX_BUCKETS; i += 2) {
      if (!(cumulative.get(i) instanceof Long bound)
          || !(cumulative.get(i + 1) instanceof Long upTo)
          || upTo < below
          || (!counts.isEmpty() && bound <= counts.lastKey())) {
        return null;
      }
      if (upTo > below) {
        counts.put(bound, upTo - below);
      }
      below = upTo;
    }
    return counts;
  }
}
