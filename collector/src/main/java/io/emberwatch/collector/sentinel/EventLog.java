package io.emberwatch.collector.sentinel;

import io.emberwatch.schemas.SentinelEvent;
import io.emberwatch.schemas.SentinelEventLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Announcements of one sentinel: counted since it was subscribed to, and kept until a sample takes
 * them. What is kept is bounded, whatever is announced. Thread-safe.
 */
final class EventLog {

  /** Of one poll; a failover of one primary is some twenty. */
  static final int MAX_EVENTS = 100;

  /** A sentinel has some fifty kinds. */
  static final int MAX_KINDS = 64;

  private static final String OTHER = "other";

  private Map<String, Long> counts = new HashMap<>();
  private List<SentinelEvent> events = new ArrayList<>();
  private long dropped;
  private @Nullable Instant since;
  private boolean subscribed;

  /** A subscription began: a new identity, and counts from 0. */
  synchronized void began(Instant at) {
    since = at;
    subscribed = true;
    counts = new HashMap<>();
  }

  /** Nobody listens any more. */
  synchronized void ended() {
    subscribed = false;
  }

  /**
   * Takes one announcement.
   *
   * @return false if it is counted only
   */
  synchronized boolean add(SentinelEvent event) {
    boolean known = counts.containsKey(event.getEvent()) || counts.size() < MAX_KINDS - 1;
    counts.merge(known ? event.getEvent() : OTHER, 1L, Long::sum);
    if (events.size() >= MAX_EVENTS) {
      dropped++;
      return false;
    }
    events.add(event);
    return true;
  }

  /** What a sample tells: the counts as they are, and what came since the last call. */
  synchronized SentinelEventLog take() {
    SentinelEventLog log = new SentinelEventLog();
    log.setSubscribedSince(since);
    log.setSubscribed(subscribed);
    log.setCounts(Map.copyOf(counts));
    log.setEvents(events);
    log.setDropped(dropped);
    events = new ArrayList<>();
    dropped = 0;
    return log;
  }
}
