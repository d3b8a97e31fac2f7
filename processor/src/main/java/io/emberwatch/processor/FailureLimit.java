package io.emberwatch.processor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Tells when failures come too often. Thread-safe; keeps at most the limit of instants. */
final class FailureLimit {

  private final int limit;
  private final Duration window;
  private final Deque<Instant> recent = new ArrayDeque<>();

  /**
   * @param limit failures within the window that are borne, 0 or more
   */
  FailureLimit(int limit, Duration window) {
    this.limit = limit;
    this.window = window;
  }

  /** One more failure; true when it is one too many. */
  synchronized boolean add(Instant now) {
    while (!recent.isEmpty() && recent.getFirst().isBefore(now.minus(window))) {
      recent.removeFirst();
    }
    if (recent.size() >= limit) {
      return true;
    }
    recent.addLast(now);
    return false;
  }
}
