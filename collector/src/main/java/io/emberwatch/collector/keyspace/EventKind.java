package io.emberwatch.collector.keyspace;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What an event's channel says of it.
 *
 * @param db database number, 0 or more
 * @param event as Redis names it, such as {@code expired}
 */
record EventKind(int db, String event) {

  private static final byte[] PREFIX = "__keyevent@".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MIDDLE = "__:".getBytes(StandardCharsets.US_ASCII);

  /** More digits than any server's {@code databases} has, and still an int. */
  private static final int MAX_DB_DIGITS = 9;

  /** Redis' longest is 22; anyone may publish to such a channel, so the length is bounded. */
  private static final int MAX_EVENT_BYTES = 64;

  /** From {@code __keyevent@<db>__:<event>}; empty for any other channel. */
  static Optional<EventKind> ofChannel(byte[] channel) {
    int digits = PREFIX.length;
    int middle = digits;
    while (middle < channel.length && channel[middle] >= '0' && channel[middle] <= '9') {
      middle++;
    }
    int event = middle + MIDDLE.length;
    int length = channel.length - event;
    if (middle == digits
        || middle - digits > MAX_DB_DIGITS
        || length < 1
        || length > MAX_EVENT_BYTES
        || !holds(channel, 0, PREFIX)
        || !holds(channel, middle, MIDDLE)) {
      return Optional.empty();
    }
    int db = 0;
    for (int i = digits; i < middle; i++) {
      db = db * 10 + channel[i] - '0';
    }
    return Optional.of(
        new EventKind(db, new String(channel, event, length, StandardCharsets.UTF_8)));
  }

  private static boolean holds(byte[] channel, int from, byte[] part) {
    for (int i = 0; i < part.length; i++) {
      if (channel[from + i] != part[i]) {
        return false;
      }
    }
    return true;
  }
}
