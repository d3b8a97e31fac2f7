package io.emberwatch.collector.schedule;

/** Where the results of polls go. Thread-safe; must not block. */
public interface PollSink {

  /** Whether polls count for nothing at this moment: none begins, and none that ends is taken. */
  default boolean isSuspended() {
    return false;
  }

  /** Whether one more result would be taken; asked before a poll, so that nothing piles up. */
  boolean hasRoom();

  /** Takes a result. */
  void accept(PollResult result);
}
