package io.emberwatch.collector.cluster;

import io.emberwatch.collector.connect.ReplyFields;
import io.emberwatch.schemas.SlotStats;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replies to CLUSTER SLOT-STATS (Redis 8.2, Valkey 8.0): a list of slots, each with its figures.
 * Key counts are always there; the others only as {@code cluster-slot-stats-enabled} says.
 */
public final class SlotStatsReply {

  private static final int MAX_SLOTS = 1_000;

  private SlotStatsReply() {}

  /** The slots of one reply; elements that are none are left out. */
  public static List<SlotStats> parse(List<Object> reply) {
    return reply.stream()
        .limit(MAX_SLOTS)
        .map(SlotStatsReply::slot)
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * Each slot of these replies once, by its number; without those that have nothing, with which the
   * server fills up the number that it was asked for.
   */
  public static List<SlotStats> merged(List<List<SlotStats>> replies) {
    Map<Integer, SlotStats> bySlot = new TreeMap<>();
    replies.forEach(reply -> reply.forEach(slot -> bySlot.put(slot.getSlot(), slot)));
    return bySlot.values().stream().filter(SlotStatsReply::hasAny).toList();
  }

  private static boolean hasAny(SlotStats slot) {
    return Stream.of(
            slot.getKeyCount(),
            slot.getCpuUsec(),
            slot.getMemoryBytes(),
            slot.getNetworkBytesIn(),
            slot.getNetworkBytesOut())
        .anyMatch(figure -> figure != null && figure != 0);
  }

  private static @Nullable SlotStats slot(@Nullable Object element) {
    if (!(element instanceof List<?> pair)
        || pair.size() < 2
        || !(pair.get(0) instanceof Long slot)
        || slot < 0
        || slot >= SlotRange.SLOTS) {
      return null;
    }
    ReplyFields figures = ReplyFields.of(pair.get(1));
    SlotStats stats = new SlotStats();
    stats.setSlot(slot.intValue());
    stats.setKeyCount(figures.number("key-count"));
    stats.setCpuUsec(figures.number("cpu-usec"));
    stats.setMemoryBytes(figures.number("memory-bytes"));
    stats.setNetworkBytesIn(figures.number("network-bytes-in"));
    stats.setNetworkBytesOut(figures.number("network-bytes-out"));
    return stats;
  }
}
