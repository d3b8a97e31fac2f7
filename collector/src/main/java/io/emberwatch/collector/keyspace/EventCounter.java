package io.emberwatch.collector.keyspace;

import io.emberwatch.collector.key.PrefixFinder;
import io.emberwatch.schemas.EventCount;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events of one window by db, event and prefix of the key. Every event is counted once,
 * so the counts always sum up to {@link #total}: what the caps do not tell apart counts as "other".
 * An event of a known kind and prefix allocates nothing. Memory is bounded by the caps, whatever
 * the events are: 4 MB, and some 50 KB in an honest window. Not thread-safe.
 */
final class EventCounter {

  /** Stands for prefixes beyond the cap. */
  static final String OTHER = "other";

  /** Sixteen databases with every event that Redis has. */
  static final int MAX_KINDS = 512;

  /** Keeps a window's record below Kafka's 1 MB, at 80 bytes a count. */
  static final int MAX_CELLS = 8_000;

  private static final int NO_PREFIX_ID = 0;
  private static final int OTHER_ID = 1;

  private final PrefixFinder finder;
  private final int maxPrefixes;
  private final SliceTable<Kind> kinds;
  private final SliceTable<Integer> prefixIds;
  private final List<String> prefixes = new ArrayList<>(List.of("", OTHER));
  private final List<Kind> listed = new ArrayList<>();
  private int cells;
  private long total;
  private long otherPrefix;

  /** Where events count whose kind is beyond {@link #MAX_KINDS}; only forged events get there. */
  private @Nullable Kind otherKind;

  /** Counts of one event in one database, by the prefix's number. */
  private static final class Kind {
    private final EventKind name;
    private long[] counts = new long[8];

    Kind(EventKind name) {
      this.name = name;
    }
  }

  /**
   * @param maxPrefixes told apart, 1 or more
   * @param seed any number that nobody else knows
   */
  EventCounter(PrefixFinder finder, int maxPrefixes, int seed) {
    this.finder = finder;
    this.maxPrefixes = maxPrefixes;
    this.kinds = new SliceTable<>(seed);
    this.prefixIds = new SliceTable<>(seed);
  }

  /**
   * Counts one event on a key.
   *
   * @return its kind; null if no event has such a channel, and nothing is counted then
   */
  @Nullable EventKind count(
      ByteBuffer bytes, int channel, int channelLength, int key, int keyLength) {
    Kind kind = kinds.get(bytes, channel, channelLength);
    if (kind == null) {
      Optional<EventKind> name = EventKind.ofChannel(slice(bytes, channel, channelLength));
      if (name.isEmpty()) {
        return null;
      }
      kind = admitted(name.get(), bytes, channel, channelLength);
    }
    count(kind, prefixId(bytes, key, keyLength));
    return kind.name;
  }

  /** The counts, each above 0, in no order; they sum up to {@link #total}. */
  List<EventCount> counts() {
    List<EventCount> counts = new ArrayList<>(cells);
    for (Kind kind : listed) {
      for (int id = 0; id < kind.counts.length; id++) {
        if (kind.counts[id] > 0) {
          counts.add(
              new EventCount(kind.name.db(), kind.name.event(), prefixes.get(id), kind.counts[id]));
        }
      }
    }
    return counts;
  }

  /** Events counted. */
  long total() {
    return total;
  }

  /** Of these, events counted under {@link #OTHER}. */
  long otherPrefix() {
    return otherPrefix;
  }

  private void count(Kind kind, int prefixId) {
    int id = prefixId;
    if (id >= kind.counts.length || kind.counts[id] == 0) {
      id = cells < MAX_CELLS ? id : OTHER_ID;
      if (id >= kind.counts.length) {
        int needed = Math.max(id + 1, Math.min(2 * kind.counts.length, maxPrefixes + 2));
        kind.counts = Arrays.copyOf(kind.counts, needed);
      }
      cells += kind.counts[id] == 0 ? 1 : 0;
    }
    kind.counts[id]++;
    total++;
    otherPrefix += id == OTHER_ID ? 1 : 0;
  }

  private Kind admitted(EventKind name, ByteBuffer bytes, int channel, int channelLength) {
    if (kinds.size() < MAX_KINDS) {
      Kind kind = listed(name);
      kinds.add(bytes, channel, channelLength, kind);
      return kind;
    }
    Kind other = otherKind == null ? listed(new EventKind(0, OTHER)) : otherKind;
    otherKind = other;
    return other;
  }

  private Kind listed(EventKind name) {
    Kind kind = new Kind(name);
    listed.add(kind);
    return kind;
  }

  private int prefixId(ByteBuffer bytes, int key, int keyLength) {
    int length = finder.find(bytes, key, keyLength);
    if (length <= 0) {
      return length == PrefixFinder.OVERLONG ? OTHER_ID : NO_PREFIX_ID;
    }
    Integer known = prefixIds.get(bytes, finder.start(), length);
    if (known != null) {
      return known;
    }
    if (prefixIds.size() >= maxPrefixes) {
      return OTHER_ID;
    }
    int id = idOf(new String(slice(bytes, finder.start(), length), StandardCharsets.UTF_8));
    prefixIds.add(bytes, finder.start(), length, id);
    return id;
  }

  /** Bytes that are not UTF-8 may read the same as others, and are one prefix then. */
  private int idOf(String prefix) {
    int known = prefixes.indexOf(prefix);
    if (known < 0) {
      prefixes.add(prefix);
    }
    return known < 0 ? prefixes.size() - 1 : known;
  }

  private static byte[] slice(ByteBuffer bytes, int from, int length) {
    byte[] slice = new byte[length];
    bytes.get(from, slice);
    return slice;
  }
}
