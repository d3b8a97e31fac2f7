package io.emberwatch.collector.stream;

import io.emberwatch.schemas.StreamGroup;
import io.emberwatch.schemas.StreamStats;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How many entries of a stream a group has not been given yet. In this order:
 *
 * <ul>
 *   <li>0, when the stream is empty, or the last entry delivered is the newest ever added;
 *   <li>the server's own figure, when it lies between 0 and the length. Redis gives null after XDEL
 *       in the middle of what waits, and 7.2 can give more than there is (redis/redis #13337);
 *   <li>an estimate: entries_added - entries_read, between 0 and the length. It counts what was
 *       deleted unread;
 *   <li>not known: before 7.0, or where the server lost count of what was read.
 * </ul>
 *
 * @param entries 0 or more; null when it is not known
 * @param estimated whether it is derived
 */
record StreamLag(@Nullable Long entries, boolean estimated) {

  private static final Comparator<long[]> BY_ID =
      Comparator.<long[]>comparingLong(id -> id[0]).thenComparingLong(id -> id[1]);

  static StreamLag of(StreamStats stream, StreamGroup group, @Nullable Long reported) {
    Long length = stream.getLength();
    if ((length != null && length == 0)
        || hasReached(group.getLastDeliveredId(), stream.getLastGeneratedId())) {
      return new StreamLag(0L, false);
    }
    if (reported != null && reported >= 0 && (length == null || reported <= length)) {
      return new StreamLag(reported, false);
    }
    Long added = stream.getEntriesAdded();
    Long read = group.getEntriesRead();
    if (added == null || read == null) {
      return new StreamLag(null, false);
    }
    long ceiling = length == null ? Long.MAX_VALUE : length;
    return new StreamLag(Math.min(Math.max(0, added - read), ceiling), true);
  }

  private static boolean hasReached(@Nullable String delivered, @Nullable String newest) {
    long[] last = id(delivered);
    long[] end = id(newest);
    return last != null && end != null && BY_ID.compare(last, end) >= 0;
  }

  /** {@code milliseconds-sequence}; null for what is no id. */
  private static long @Nullable [] id(@Nullable String text) {
    if (text == null || !text.matches("\\d{1,18}-\\d{1,18}")) {
      return null;
    }
    int dash = text.indexOf('-');
    return new long[] {
      Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1))
    };
  }
}
