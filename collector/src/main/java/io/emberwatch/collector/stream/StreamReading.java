package io.emberwatch.collector.stream;

import io.emberwatch.collector.connect.ReplyFields;
import io.emberwatch.schemas.StreamConsumer;
import io.emberwatch.schemas.StreamGroup;
import io.emberwatch.schemas.StreamStats;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the replies of XINFO STREAM, GROUPS and CONSUMERS. Takes anything; what it keeps is
 * bounded.
 */
public final class StreamReading {

  /** Groups kept of one stream. */
  static final int MAX_GROUPS = 32;

  /** Consumers kept of one group, half of them by pending entries and half by idle time. */
  static final int MAX_CONSUMERS = 20;

  /** Elements looked at; the limit of a reply is 8 MB. */
  private static final int MAX_ELEMENTS = 100_000;

  private StreamReading() {}

  /**
   * A group, and its name as the server has it, to ask for its consumers.
   *
   * @param name its bytes, which need not be text
   */
  public record Group(StreamGroup stats, ByteBuffer name) {}

  /** Figures of a stream, without its entries. */
  public static StreamStats stream(String key, int db, List<Object> reply) {
    ReplyFields fields = ReplyFields.of(reply);
    StreamStats stats = named(key, db);
    stats.setLength(fields.number("length"));
    stats.setRadixTreeKeys(fields.number("radix-tree-keys"));
    stats.setRadixTreeNodes(fields.number("radix-tree-nodes"));
    stats.setLastGeneratedId(fields.text("last-generated-id"));
    stats.setMaxDeletedEntryId(fields.text("max-deleted-entry-id"));
    stats.setEntriesAdded(fields.number("entries-added"));
    stats.setRecordedFirstEntryId(fields.text("recorded-first-entry-id"));
    stats.setGroups(fields.number("groups"));
    return stats;
  }

  /**
   * A stream without figures.
   *
   * @param code of the server's error
   */
  public static StreamStats missing(String key, int db, String code, String message) {
    StreamStats stats = named(key, db);
    stats.setError(message.contains("no such key") ? "NO_SUCH_KEY" : code);
    return stats;
  }

  /** The groups with most lag, then with most pending entries. */
  public static List<Group> groups(StreamStats stream, List<Object> reply) {
    List<Group> groups = new ArrayList<>();
    for (Object element : reply.subList(0, Math.min(reply.size(), MAX_ELEMENTS))) {
      group(stream, ReplyFields.of(element)).ifPresent(groups::add);
    }
    groups.sort(
        Comparator.<Group>comparingLong(group -> orZero(group.stats.getLag()))
            .thenComparingLong(group -> orZero(group.stats.getPending()))
            .reversed());
    return List.copyOf(groups.subList(0, Math.min(groups.size(), MAX_GROUPS)));
  }

  /** The consumers with most pending entries, then those idle longest. */
  public static List<StreamConsumer> consumers(List<Object> reply) {
    List<StreamConsumer> all = new ArrayList<>();
    for (Object element : reply.subList(0, Math.min(reply.size(), MAX_ELEMENTS))) {
      ReplyFields fields = ReplyFields.of(element);
      String name = fields.text("name");
      if (name != null) {
        all.add(
            new StreamConsumer(
                name, fields.number("pending"), fields.number("idle"), fields.number("inactive")));
      }
    }
    // By identity: of two consumers with the same figures and cut names both are kept.
    Set<Integer> kept = new LinkedHashSet<>();
    top(all, Comparator.comparingLong(consumer -> orZero(consumer.getPending())), kept);
    top(all, Comparator.comparingLong(consumer -> orZero(consumer.getIdle())), kept);
    return kept.stream().map(all::get).toList();
  }

  private static void top(
      List<StreamConsumer> all, Comparator<StreamConsumer> order, Set<Integer> kept) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      positions.add(i);
    }
    positions.sort(Comparator.comparing((Integer i) -> all.get(i), order).reversed());
    kept.addAll(positions.subList(0, Math.min(positions.size(), MAX_CONSUMERS / 2)));
  }

  private static Optional<Group> group(StreamStats stream, ReplyFields fields) {
    String name = fields.text("name");
    byte[] bytes = fields.bytes("name");
    if (name == null || bytes == null) {
      return Optional.empty();
    }
    StreamGroup group = new StreamGroup();
    group.setName(name);
    group.setConsumers(fields.number("consumers"));
    group.setPending(fields.number("pending"));
    group.setLastDeliveredId(fields.text("last-delivered-id"));
    group.setEntriesRead(fields.number("entries-read"));
    StreamLag lag = StreamLag.of(stream, group, fields.number("lag"));
    group.setLag(lag.entries());
    group.setLagEstimated(lag.estimated());
    return Optional.of(new Group(group, ByteBuffer.wrap(bytes)));
  }

  private static StreamStats named(String key, int db) {
    StreamStats stats = new StreamStats();
    stats.setKey(key);
    stats.setDb(db);
    return stats;
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }
}
