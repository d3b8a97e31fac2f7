package io.emberwatch.collector.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.StreamConsumer;
import io.emberwatch.schemas.StreamStats;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamReadingTest {

  private static List<Object> reply(Object... parts) {
    return Arrays.stream(parts)
        .map(part -> part instanceof String text ? (Object) text.getBytes(UTF_8) : part)
        .toList();
  }

  private static Object consumer(int number, long pending, long idle) {
    return reply("name", "c" + number, "pending", pending, "idle", idle);
  }

  @Test
  void leavesTheEntriesOut() {
    StreamStats stats =
        StreamReading.stream(
            "orders", 3, reply("length", 2L, "first-entry", List.of(reply("1-1")), "groups", 1L));
    assertThat(stats.getLength()).isEqualTo(2);
    assertThat(stats.getGroups()).isEqualTo(1);
    assertThat(stats.getDb()).isEqualTo(3);
    assertThat(stats.getEntriesAdded()).isNull();
    assertThat(stats.toString()).doesNotContain("1-1");
  }

  @Test
  void keepsTheGroupsThatAreFurthestBehind() {
    StreamStats stream = StreamReading.stream("orders", 0, reply("length", 1000L));
    List<Object> groups = new ArrayList<>();
    for (long i = 0; i < 40; i++) {
      groups.add(reply("name", "g" + i, "pending", 0L, "lag", i));
    }
    List<StreamReading.Group> kept = StreamReading.groups(stream, groups);
    assertThat(kept).hasSize(StreamReading.MAX_GROUPS);
    assertThat(kept.get(0).stats().getName()).isEqualTo("g39");
    assertThat(kept.get(0).name()).isEqualTo(ByteBuffer.wrap("g39".getBytes(UTF_8)));
  }

  @Test
  void keepsTheConsumersWithMostPendingAndThoseIdleLongest() {
    List<Object> consumers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      consumers.add(consumer(i, i, 1000 - i));
    }
    assertThat(StreamReading.consumers(consumers))
        .hasSize(StreamReading.MAX_CONSUMERS)
        .extracting(StreamConsumer::getName)
        .contains("c99", "c90", "c0", "c9")
        .doesNotContain("c50");
    assertThat(StreamReading.consumers(consumers.subList(0, 3))).hasSize(3);
  }

  @Test
  void takesAnything() {
    assertThat(StreamReading.groups(new StreamStats(), reply("x", 3L, reply("name")))).isEmpty();
    assertThat(StreamReading.consumers(reply(7L, reply(), reply("name", 3L)))).isEmpty();
    assertThat(StreamReading.stream("k", 0, reply("length", "many", "groups")).getLength())
        .isNull();
  }
}
