package io.emberwatch.collector.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class EventKindTest {

  @Test
  void readsDbAndEventFromTheChannel() {
    assertThat(EventKind.ofChannel(bytes("__keyevent@0__:set"))).contains(new EventKind(0, "set"));
    assertThat(EventKind.ofChannel(bytes("__keyevent@15__:xgroup-createconsumer")))
        .contains(new EventKind(15, "xgroup-createconsumer"));
  }

  @Test
  void refusesChannelsThatNoServerUses() {
    for (String channel :
        new String[] {
          "",
          "__keyevent@",
          "__keyevent@0",
          "__keyevent@0__:",
          "__keyevent@x__:set",
          "__keyevent@__:set",
          "__keyevent@1234567890__:set",
          "__keyspace@0__:set",
          "__keyevent@0__:" + "e".repeat(65)
        }) {
      assertThat(EventKind.ofChannel(bytes(channel))).as(channel).isEmpty();
    }
  }

  @Property(tries = 500)
  void survivesAnyBytes(@ForAll byte[] channel) {
    assertThat(EventKind.ofChannel(channel)).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
