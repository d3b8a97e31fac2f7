package io.emberwatch.collector.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.ClusterLinks;
import io.emberwatch.schemas.SlotMigration;
import io.emberwatch.schemas.SlotStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replies of commands that came with 7.0 and later, as RESP2 sends them. */
final class NewerRepliesTest {

  private static final List<Object> NONSENSE =
      new ArrayList<>(
          Arrays.asList(1L, null, new byte[0], List.of(), List.of(List.of()), Views.map("x", 1L)));

  private static List<Object> link(String direction, char node, long allocated, long used) {
    return Views.map(
        "direction",
        direction,
        "node",
        Views.id(node),
        "create-time",
        1639442739375L,
        "events",
        "rw",
        "send-buffer-allocated",
        allocated,
        "send-buffer-used",
        used);
  }

  @Test
  void addsUpLinks() {
    ClusterLinks links =
        LinksReply.parse(
            List.of(link("to", 'b', 4512, 0), link("from", 'b', 0, 0), link("to", 'c', 9000, 77)));
    assertThat(links.getLinksTo()).isEqualTo(2);
    assertThat(links.getLinksFrom()).isOne();
    assertThat(links.getSendBufferAllocatedBytes()).isEqualTo(13_512);
    assertThat(links.getSendBufferAllocatedMaxBytes()).isEqualTo(9_000);
    assertThat(links.getSendBufferUsedBytes()).isEqualTo(77);
    assertThat(links.getSendBufferUsedMaxBytes()).isEqualTo(77);
    assertThat(links.getFullestLinkNode()).isEqualTo(Views.id('c'));
    assertThat(LinksReply.parse(List.of()).getFullestLinkNode()).isNull();
    assertThat(LinksReply.parse(NONSENSE).getLinksTo()).isZero();
  }

  @Test
  void readsSlotStatsWithAndWithoutTheCountersOfTheServer() {
    List<SlotStats> keys =
        SlotStatsReply.parse(
            List.of(
                List.of(
                    7L,
                    Views.map(
                        "key-count", 3L,
                        "cpu-usec", 500L,
                        "memory-bytes", 4096L,
                        "network-bytes-in", 10L,
                        "network-bytes-out", 20L)),
                List.of(2L, Views.map("key-count", 1L))));
    assertThat(keys).hasSize(2);
    assertThat(keys.get(0).getSlot()).isEqualTo(7);
    assertThat(keys.get(0).getCpuUsec()).isEqualTo(500);
    assertThat(keys.get(0).getMemoryBytes()).isEqualTo(4_096);
    assertThat(keys.get(0).getNetworkBytesOut()).isEqualTo(20);
    assertThat(keys.get(1).getCpuUsec()).isNull();
    List<SlotStats> cpu = SlotStatsReply.parse(List.of(List.of(7L, Views.map("key-count", 3L))));
    assertThat(SlotStatsReply.merged(List.of(keys, cpu)))
        .extracting(SlotStats::getSlot)
        .containsExactly(2, 7);
    assertThat(SlotStatsReply.parse(NONSENSE)).isEmpty();
    assertThat(SlotStatsReply.parse(List.of(List.of(99_999L, List.of())))).isEmpty();
  }

  @Test
  void leavesOutSlotsThatHaveNothing() {
    List<SlotStats> reply =
        SlotStatsReply.parse(
            List.of(
                List.of(1L, Views.map("key-count", 0L, "cpu-usec", 0L, "network-bytes-in", 0L)),
                List.of(2L, Views.map("key-count", 0L, "cpu-usec", 9L)),
                List.of(3L, Views.map("key-count", 0L))));
    assertThat(SlotStatsReply.merged(List.of(reply)))
        .extracting(SlotStats::getSlot)
        .containsExactly(2);
  }

  @Test
  void readsSlotMigrationsTheLatestFirst() {
    List<Object> ended =
        Views.map(
            "name",
            "a".repeat(40),
            "operation",
            "EXPORT",
            "slot_ranges",
            "0-9 20-29",
            "target_node",
            Views.id('b'),
            "source_node",
            Views.id('c'),
            "create_time",
            1753313467L,
            "last_update_time",
            1753313470L,
            "last_ack_time",
            1753313470L,
            "state",
            "failed",
            "message",
            "Connection lost to target",
            "cow_size",
            4096L);
    List<Object> running =
        Views.map(
            "link_name", "b".repeat(40),
            "operation", "IMPORT",
            "slot_ranges", "5-5",
            "create_time", 1753313480L,
            "state", "snapshotting",
            "message", "");
    List<SlotMigration> migrations = SlotMigrationsReply.parse(List.of(ended, running));
    assertThat(migrations)
        .extracting(SlotMigration::getOperation)
        .containsExactly("import", "export");
    assertThat(migrations.get(0).getName()).isEqualTo("b".repeat(40));
    assertThat(migrations.get(0).getSlots()).isOne();
    assertThat(migrations.get(0).getMessage()).isNull();
    assertThat(migrations.get(1).getSlots()).isEqualTo(20);
    assertThat(migrations.get(1).getState()).isEqualTo("failed");
    assertThat(migrations.get(1).getCowBytes()).isEqualTo(4_096);
    assertThat(migrations.get(1).getSourceNode()).isEqualTo(Views.id('c'));
    assertThat(SlotMigrationsReply.parse(NONSENSE)).isEmpty();
  }
}
