package io.emberwatch.collector.keyspace;

import io.emberwatch.schemas.EventCount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the events of one window by db, event and prefix of the key. Every event is counted once,
 * so the counts always sum up to {@link #total}: what the caps do not tell apart counts as "other".
 * An event costs O(1) and the length of its prefix. Memory is bounded by the caps, whatever the
 * events are. Not thread-safe.
 */
final class EventCounter {

  /** Stands for prefixes beyond the cap. No prefix is so named: it would end in the separator. */
  static final String OTHER = "other";

  /** Sixteen databases with every event that Redis has, and room. */
  static final int MAX_KINDS = 1_024;

  /** Keeps a window's record below Kafka's 1 MB, at 80 bytes a count. */
  static final int MAX_CELLS = 8_000;

  /** A longer prefix is no prefix that a person gave; it would only carry keys into the counts. */
  static final int MAX_PREFIX_BYTES = 64;

  /** Where events count whose kind is beyond {@link #MAX_KINDS}; only forged events get there. */
  private static final EventKind OTHER_KIND = new EventKind(0, OTHER);

  private final byte[] separator;
  private final int maxPrefixes;
  private final Set<String> prefixes = new HashSet<>();
  private final Map<EventKind, Map<String, Cell>> kinds = new HashMap<>();
  private int cells;
  private long total;
  private long otherPrefix;

  /**
   * @param separator ends a prefix; not empty
   * @param maxPrefixes told apart, 1 or more
   */
  EventCounter(String separator, int maxPrefixes) {
    this.separator = separator.getBytes(StandardCharsets.UTF_8);
    this.maxPrefixes = maxPrefixes;
  }

  /** Counts one event on a key. */
  void count(EventKind kind, byte[] key) {
    EventKind counted = kinds.containsKey(kind) || kinds.size() < MAX_KINDS ? kind : OTHER_KIND;
    Map<String, Cell> byPrefix = kinds.computeIfAbsent(counted, any -> new HashMap<>());
    String prefix = admitted(prefix(key));
    Cell cell = byPrefix.get(prefix);
    if (cell == null) {
      if (cells >= MAX_CELLS) {
        prefix = OTHER;
      }
      cell = byPrefix.computeIfAbsent(prefix, any -> newCell());
    }
    cell.count++;
    total++;
    if (prefix.equals(OTHER)) {
      otherPrefix++;
    }
  }

  /** The counts, each above 0, in no order; they sum up to {@link #total}. */
  List<EventCount> counts() {
    List<EventCount> counts = new ArrayList<>(cells);
    kinds.forEach(
        (kind, byPrefix) ->
            byPrefix.forEach(
                (prefix, cell) ->
                    counts.add(new EventCount(kind.db(), kind.event(), prefix, cell.count))));
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

  /** Up to and including the first separator; empty without one. */
  private String prefix(byte[] key) {
    int last = Math.min(key.length, MAX_PREFIX_BYTES) - separator.length;
    for (int start = 0; start <= last; start++) {
      if (separatorAt(key, start)) {
        return new String(key, 0, start + separator.length, StandardCharsets.UTF_8);
      }
    }
    return last + separator.length < key.length ? OTHER : "";
  }

  private boolean separatorAt(byte[] key, int start) {
    for (int i = 0; i < separator.length; i++) {
      if (key[start + i] != separator[i]) {
        return false;
      }
    }
    return true;
  }

  private String admitted(String prefix) {
    if (prefix.isEmpty() || prefix.equals(OTHER) || prefixes.contains(prefix)) {
      return prefix;
    }
    if (prefixes.size() >= maxPrefixes) {
      return OTHER;
    }
    prefixes.add(prefix);
    return prefix;
  }

  private Cell newCell() {
    cells++;
    return new Cell();
  }

  private static final class Cell {
    private long count;
  }
}
