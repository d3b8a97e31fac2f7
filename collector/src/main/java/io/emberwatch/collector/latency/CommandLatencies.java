package io.emberwatch.collector.latency;

import io.emberwatch.schemas.CommandHistogram;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
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
   * One command: its calls, and of each bucket that is not empty the upper bound in microseconds
   * and the calls in it alone. Arrays, since each target keeps a few hundred buckets from look to
   * look: as a map of boxed numbers they were 20 KB of heap a target.
   */
  static final class Buckets {
    private final long calls;
    private final long[] bounds;
    private final long[] counts;

    private Buckets(long calls, long[] bounds, long[] counts) {
      this.calls = calls;
      this.bounds = bounds;
      this.counts = counts;
    }

    /** Calls of one bucket; 0 for one that is not there. */
    private long count(long bound) {
      int at = Arrays.binarySearch(bounds, bound);
      return at < 0 ? 0 : counts[at];
    }
  }

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
        // Thousands of servers give the same names: they are kept once.
        byCommand.put(new String(name, StandardCharsets.UTF_8).intern(), buckets);
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
          if (delta.calls > 0) {
            deltas.add(
                new CommandHistogram(
                    command, delta.calls, boxed(delta.bounds), boxed(delta.counts)));
          }
        });
    return deltas;
  }

  private static Buckets delta(@Nullable Buckets before, Buckets now) {
    if (before == null || fell(before, now)) {
      return now;
    }
    BucketList more = new BucketList(now.bounds.length);
    for (int i = 0; i < now.bounds.length; i++) {
      more.add(now.bounds[i], now.counts[i] - before.count(now.bounds[i]));
    }
    return more.of(now.calls - before.calls);
  }

  private static boolean fell(Buckets before, Buckets now) {
    return now.calls < before.calls
        || Arrays.stream(before.bounds).anyMatch(b -> now.count(b) < before.count(b));
  }

  private static List<Long> boxed(long[] numbers) {
    return LongStream.of(numbers).boxed().toList();
  }

  private static @Nullable Buckets buckets(Object details) {
    if (details instanceof List<?> parts
        && parts.size() >= 4
        && parts.get(1) instanceof Long calls
        && parts.get(3) instanceof List<?> cumulative) {
      BucketList counts = counts(cumulative);
      return counts == null || calls < 0 ? null : counts.of(calls);
    }
    return null;
  }

  /** Null when bounds or counts do not rise. */
  private static @Nullable BucketList counts(List<?> cumulative) {
    BucketList counts = new BucketList(Math.min(MAX_BUCKETS, cumulative.size() / 2));
    long below = 0;
    for (int i = 0; i + 1 < cumulative.size() && counts.size < MAX_BUCKETS; i += 2) {
      if (!(cumulative.get(i) instanceof Long bound)
          || !(cumulative.get(i + 1) instanceof Long upTo)
          || upTo < below
          || !counts.isBelow(bound)) {
        return null;
      }
      counts.add(bound, upTo - below);
      below = upTo;
    }
    return counts;
  }

  /** Buckets that are being put together, by rising bounds; empty ones are left out. */
  private static final class BucketList {
    private final long[] bounds;
    private final long[] counts;
    private int size;

    BucketList(int capacity) {
      bounds = new long[capacity];
      counts = new long[capacity];
    }

    boolean isBelow(long bound) {
      return size == 0 || bounds[size - 1] < bound;
    }

    void add(long bound, long count) {
      if (count > 0) {
        bounds[size] = bound;
        counts[size++] = count;
      }
    }

    Buckets of(long calls) {
      return new Buckets(calls, Arrays.copyOf(bounds, size), Arrays.copyOf(counts, size));
    }
  }
}
