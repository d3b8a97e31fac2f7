package io.emberwatch.collector.census;

import io.emberwatch.schemas.DatabaseScan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a pass over the keys of one server is, and what it has counted. It outlives slices and
 * connections, as SCAN's cursor does: the cursor says all, nothing is kept on the server. Not
 * thread-safe; one slice uses it at a time.
 */
final class CensusPass {

  /** A cursor is an unsigned 64-bit number in decimal. */
  private static final int MAX_CURSOR_BYTES = 20;

  private static final String START = "0";

  private static final class Database {
    private long keys;
    private long lookedAt;
    private boolean fromStart;
    private boolean complete;
  }

  private final String runId;
  private final Instant started;
  private final CensusTally tally;
  private final SortedMap<Integer, Database> databases = new TreeMap<>();
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private int db;
  private String cursor;
  private boolean begun;

  /** SCAN is through with this database; its last keys may still be waiting. */
  private boolean ended;

  private int slices;

  private CensusPass(String runId, Instant started, CensusTally tally, int db, String cursor) {
    this.runId = runId;
    this.started = started;
    this.tally = tally;
    this.db = db;
    this.cursor = cursor;
    this.begun = !cursor.equals(START);
  }

  /** A pass that begins with the first database. */
  static CensusPass first(String runId, Instant now, CensusTally tally) {
    return new CensusPass(runId, now, tally, 0, START);
  }

  /** A pass that counts anew and goes on where this one was. */
  CensusPass next(Instant now, CensusTally fresh) {
    CensusPass next = new CensusPass(runId, now, fresh, db, cursor);
    next.waiting.addAll(waiting);
    next.ended = ended;
    return next;
  }

  boolean isOf(String otherRunId) {
    return runId.equals(otherRunId);
  }

  /** Begins a slice; the sizes of the databases are those of now. */
  void sliceBegins(SortedMap<Integer, Long> keysByDb) {
    slices++;
    keysByDb.forEach(
        (number, keys) -> databases.computeIfAbsent(number, any -> new Database()).keys = keys);
    databases.forEach((number, found) -> found.keys = keysByDb.getOrDefault(number, 0L));
    if (!keysByDb.containsKey(db)) {
      waiting.clear();
      ended = false;
      nextDatabase();
    }
  }

  /** Keys to look at before SCAN is asked again, at most this many. */
  List<byte[]> take(int most) {
    List<byte[]> taken = new ArrayList<>();
    while (taken.size() < most && !waiting.isEmpty()) {
      taken.add(waiting.remove());
    }
    return taken;
  }

  /** Whether there is nothing left to ask for. */
  boolean isDone() {
    return waiting.isEmpty() && !databases.containsKey(db);
  }

  int db() {
    return db;
  }

  String cursor() {
    return cursor;
  }

  /**
   * Takes SCAN's answer; anything else than a cursor and keys ends the database.
   *
   * @param reply a cursor, and a list of keys
   */
  void scanned(List<Object> reply) {
    Database database = databases.computeIfAbsent(db, any -> new Database());
    database.fromStart |= !begun;
    begun = true;
    boolean whole = reply.size() == 2 && reply.get(0) instanceof byte[];
    if (whole && reply.get(1) instanceof List<?> keys) {
      keys.forEach(
          key -> {
            if (key instanceof byte[] name) {
              waiting.add(name);
            }
          });
      byte[] next = (byte[]) reply.get(0);
      cursor =
          new String(
              Arrays.copyOf(next, Math.min(next.length, MAX_CURSOR_BYTES)),
              StandardCharsets.US_ASCII);
      if (!cursor.equals(START)) {
        return;
      }
      database.complete = database.fromStart;
    }
    ended = true;
  }

  /** Goes to the next database, if SCAN has ended and all of its keys were taken. */
  boolean moveOn() {
    if (!ended || !waiting.isEmpty()) {
      return false;
    }
    ended = false;
    nextDatabase();
    return true;
  }

  void lookedAt() {
    databases.computeIfAbsent(db, any -> new Database()).lookedAt++;
  }

  CensusTally tally() {
    return tally;
  }

  Instant started() {
    return started;
  }

  int slices() {
    return slices;
  }

  /** The databases, those with keys or with keys looked at. */
  List<DatabaseScan> databases() {
    return databases.entrySet().stream()
        .filter(entry -> entry.getValue().keys > 0 || entry.getValue().lookedAt > 0)
        .map(
            entry ->
                new DatabaseScan(
                    entry.getKey(),
                    entry.getValue().keys,
                    entry.getValue().lookedAt,
                    entry.getValue().complete))
        .toList();
  }

  /** 0 to 1; 1 without keys. */
  double sampledShare() {
    long keys = databases.values().stream().mapToLong(database -> database.keys).sum();
    long seen = databases.values().stream().mapToLong(d -> Math.min(d.keys, d.lookedAt)).sum();
    return keys == 0 ? 1 : seen / (double) keys;
  }

  private void nextDatabase() {
    SortedMap<Integer, Database> behind = databases.tailMap(db + 1);
    db =
        behind.entrySet().stream()
            .filter(entry -> entry.getValue().keys > 0)
            .mapToInt(Map.Entry::getKey)
            .findFirst()
            .orElse(Integer.MAX_VALUE);
    cursor = START;
    begun = false;
  }
}
