package io.emberwatch.collector.probe;

import java.util.Comparator;
import java.util.List;

/**
 * How far the slow log of one server was read. Pure: reading gives the next cursor.
 *
 * @param lastId newest id seen; {@link #NONE} for a log that was empty; {@link #UNSEEN} before the
 *     first look
 */
record SlowlogCursor(long lastId) {

  /** An empty log: everything that comes is new. */
  static final long NONE = -1;

  /** Never looked: what is in the log was there before us, and is not ours to report. */
  static final long UNSEEN = -2;

  static final SlowlogCursor START = new SlowlogCursor(UNSEEN);

  /**
   * What one look found.
   *
   * @param fresh new entries, oldest first
   * @param lost new entries that are not among those given
   * @param next where to go on
   */
  record Look(List<SlowlogEntry> fresh, long lost, SlowlogCursor next) {}

  /** A restarted server counts from 0 again. */
  SlowlogCursor restarted() {
    return lastId == UNSEEN ? this : new SlowlogCursor(NONE);
  }

  /** Entries added since, by the newest id; the id falls with a restart only. */
  long added(long newestId) {
    if (lastId == UNSEEN) {
      return 0;
    }
    return newestId >= lastId ? newestId - lastId : newestId + 1;
  }

  /**
   * Reads entries, newest first as Redis gives them. An emptied log (SLOWLOG RESET) keeps its ids,
   * so the cursor stays.
   */
  Look look(List<SlowlogEntry> newestFirst) {
    if (newestFirst.isEmpty()) {
      return new Look(List.of(), 0, lastId == UNSEEN ? new SlowlogCursor(NONE) : this);
    }
    long newest = newestFirst.get(0).id();
    if (lastId == UNSEEN) {
      return new Look(List.of(), 0, new SlowlogCursor(newest));
    }
    long after = newest >= lastId ? lastId : NONE;
    List<SlowlogEntry> fresh =
        newestFirst.stream()
            .filter(entry -> entry.id() > after && entry.id() <= newest)
            .sorted(Comparator.comparingLong(SlowlogEntry::id))
            .toList();
    return new Look(fresh, newest - after - fresh.size(), new SlowlogCursor(newest));
  }
}
