package io.emberwatch.collector.security;

import io.emberwatch.collector.security.AclLogEntry.Content;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the ACL log of one server was read. The server adds to an entry that is alike and younger
 * than 60 s, so an entry can be new or have grown. Since 7.2 an entry has an id; before, those of
 * the same content are lined up with the ones seen, and an entry that was dropped meanwhile cannot
 * be told from one that never was. Immutable; pure: reading gives the next cursor.
 */
public final class AclLogCursor {

  /** Never looked: what is in the log was there before us. */
  public static final AclLogCursor START = new AclLogCursor(false, -1, Map.of(), Map.of());

  private final boolean looked;
  private final long lastId;
  private final Map<Long, Long> countsById;
  private final Map<Content, List<Long>> countsByContent;

  private AclLogCursor(
      boolean looked,
      long lastId,
      Map<Long, Long> countsById,
      Map<Content, List<Long>> countsByContent) {
    this.looked = looked;
    this.lastId = lastId;
    this.countsById = countsById;
    this.countsByContent = countsByContent;
  }

  /** An entry that is new or has grown, by so many denials, above 0. */
  public record Growth(AclLogEntry entry, long denials) {}

  /**
   * What one look found.
   *
   * @param grown oldest first; without denials of collectors
   * @param lost entries that were dropped before they were read; null when that cannot be known
   * @param lastId newest id; null when entries have none
   */
  public record Look(
      List<Growth> grown, @Nullable Long lost, @Nullable Long lastId, AclLogCursor next) {}

  /** A restarted server has an empty log and counts its ids from 0 again. */
  public AclLogCursor restarted() {
    return new AclLogCursor(looked, -1, Map.of(), Map.of());
  }

  /** Reads the reply of ACL LOG, newest first as Redis gives it. */
  public Look look(List<?> reply) {
    List<AclLogEntry> entries =
        reply.stream().map(AclLogEntry::read).flatMap(Optional::stream).toList();
    boolean withIds = !entries.isEmpty() && entries.stream().allMatch(e -> e.id() != null);
    return withIds ? lookById(entries) : lookByContent(entries);
  }

  private Look lookById(List<AclLogEntry> entries) {
    Map<Long, Long> counts = new HashMap<>();
    entries.forEach(entry -> counts.put(id(entry), entry.count()));
    long newest = Collections.max(counts.keySet());
    boolean anew = newest < lastId;
    long after = anew ? -1 : lastId;
    Map<Long, Long> before = anew ? Map.of() : countsById;
    List<Growth> grown = new ArrayList<>();
    for (AclLogEntry entry : entries) {
      grown.add(new Growth(entry, entry.count() - before.getOrDefault(id(entry), 0L)));
    }
    long fresh = counts.keySet().stream().filter(id -> id > after).count();
    AclLogCursor next = new AclLogCursor(true, newest, Map.copyOf(counts), Map.of());
    return new Look(told(grown), looked ? newest - after - fresh : 0L, newest, next);
  }

  /** An empty log keeps its place: RESET keeps the ids. */
  private Look lookByContent(List<AclLogEntry> entries) {
    Map<Content, List<Long>> counts = new HashMap<>();
    for (AclLogEntry entry : entries) {
      counts.computeIfAbsent(entry.content(), content -> new ArrayList<>()).add(entry.count());
    }
    Map<Content, Integer> seen = new HashMap<>();
    List<Growth> grown = new ArrayList<>();
    for (AclLogEntry entry : entries) {
      int place = seen.merge(entry.content(), 1, Integer::sum) - 1;
      List<Long> now = counts.getOrDefault(entry.content(), List.of());
      List<Long> before = countsByContent.getOrDefault(entry.content(), List.of());
      int former = place - fresh(now, before);
      boolean known = former >= 0 && former < before.size();
      grown.add(new Growth(entry, entry.count() - (known ? before.get(former) : 0L)));
    }
    AclLogCursor next = new AclLogCursor(true, lastId, Map.of(), counts);
    return new Look(told(grown), null, lastId < 0 ? null : Long.valueOf(lastId), next);
  }

  /**
   * How many of the counts now, newest first, are of entries that were not there before: the least
   * number with which the rest are the former ones, the newest of which may have grown, while the
   * oldest may have been dropped.
   */
  static int fresh(List<Long> now, List<Long> before) {
    for (int fresh = 0; fresh < now.size(); fresh++) {
      List<Long> rest = now.subList(fresh, now.size());
      if (rest.size() <= before.size()
          && rest.get(0) >= before.get(0)
          && rest.subList(1, rest.size()).equals(before.subList(1, rest.size()))) {
        return fresh;
      }
    }
    return now.size();
  }

  private List<Growth> told(List<Growth> newestFirst) {
    List<Growth> told = new ArrayList<>();
    if (looked) {
      for (Growth growth : newestFirst) {
        if (growth.denials() > 0 && !growth.entry().isOwn()) {
          told.add(growth);
        }
      }
      Collections.reverse(told);
    }
    return told;
  }

  private static Long id(AclLogEntry entry) {
    return Objects.requireNonNull(entry.id());
  }
}
