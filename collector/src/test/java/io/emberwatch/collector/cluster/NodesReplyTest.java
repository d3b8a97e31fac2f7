package io.emberwatch.collector.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.emberwatch.collector.cluster.ClusterNode.SlotMove;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class NodesReplyTest {

  private static ClusterNode one(String line) {
    List<ClusterNode> nodes = Views.nodes(line);
    assertThat(nodes).hasSize(1);
    return nodes.get(0);
  }

  @Test
  void readsANodeThatDoesNotKnowItsAddressOfEachAge() {
    ClusterNode old =
        one(
            "fbc32458e663d71bea9058e6de02b0f042be23ac :7000 myself,master - 0 0 0 connected 0-16383");
    assertThat(old.ip()).isEmpty();
    assertThat(old.port()).isEqualTo(7000);
    assertThat(old.isMyself()).isTrue();
    assertThat(old.slotCount()).isEqualTo(16_384);
    ClusterNode valkey =
        one(
            "b1294b2f555e110a9418e1f94ed5bad325c2b2e7 :7000@51517 myself,master - 0 0 0 connected"
                + " 0-16383");
    assertThat(valkey.port()).isEqualTo(7000);
    assertThat(valkey.linkUp()).isTrue();
  }

  @Test
  void readsAReplicaWithAHostnameAndFieldsOfLaterReleases() {
    ClusterNode node =
        one(
            Views.id('a')
                + " 10.0.0.1:6379@16379,redis-1.example,shard-id="
                + Views.id('5')
                + " slave,fail? "
                + Views.id('b')
                + " 0 1426238317239 4 disconnected");
    assertThat(node.ip()).isEqualTo("10.0.0.1");
    assertThat(node.hostname()).contains("redis-1.example");
    assertThat(node.primaryId()).contains(Views.id('b'));
    assertThat(node.isPrimary()).isFalse();
    assertThat(node.isFailed()).as("suspected by one is not failed").isFalse();
    assertThat(node.linkUp()).isFalse();
    assertThat(node.configEpoch()).isEqualTo(4);
  }

  @Test
  void readsIpv6AndNodesWithoutAnAddress() {
    assertThat(one(Views.id('a') + " 2001:db8::1:6379@16379 master - 0 0 1 connected").ip())
        .isEqualTo("2001:db8::1");
    ClusterNode lost = one(Views.id('a') + " :0@0 master,noaddr,fail - 0 0 1 disconnected");
    assertThat(lost.port()).isZero();
    assertThat(lost.flags()).containsExactlyInAnyOrder("master", "noaddr", "fail");
  }

  @Test
  void readsOpenSlots() {
    ClusterNode node =
        one(
            Views.id('a')
                + " 10.0.0.1:6379@16379 myself,master - 0 0 1 connected 0-4 7 [93->-"
                + Views.id('b')
                + "] [77-<-"
                + Views.id('c')
                + "]");
    assertThat(node.slots()).containsExactly(new SlotRange(0, 4), new SlotRange(7, 7));
    assertThat(node.slotCount()).isEqualTo(6);
    assertThat(node.moves())
        .containsExactly(
            new SlotMove(93, false, Views.id('b')), new SlotMove(77, true, Views.id('c')));
  }

  @Test
  void leavesOutWhatIsNoNodeAndNoSlot() {
    assertThat(Views.nodes("", "nonsense", "a b c d e f g h i", Views.id('a') + " x y")).isEmpty();
    assertThat(one(Views.primary('a', "5-3 0-99999 20000 x 9")).slots())
        .containsExactly(new SlotRange(9, 9));
  }

  @Property(tries = 200)
  void neverThrows(@ForAll byte[] noise, @ForAll int cut) {
    byte[] good = Views.primary('a', "0-99 [93->-" + Views.id('b') + "]").getBytes(UTF_8);
    byte[] part = Arrays.copyOf(good, Math.floorMod(cut, good.length));
    assertThatCode(() -> NodesReply.parse(noise)).doesNotThrowAnyException();
    assertThatCode(() -> NodesReply.parse(part)).doesNotThrowAnyException();
  }
}
