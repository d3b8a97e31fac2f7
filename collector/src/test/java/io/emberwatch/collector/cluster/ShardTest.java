package io.emberwatch.collector.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.cluster.ShardsReply.Member;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ShardTest {

  /** Valkey 9.1; before it without the id of the shard. */
  private static final List<Object> VALKEY_9_1 =
      List.of(
          Views.map(
              "slots", List.of(0L, 99L),
              "nodes",
                  List.of(
                      Views.map(
                          "id", Views.id('a'),
                          "port", 6379L,
                          "tls-port", 7379L,
                          "ip", "10.0.0.1",
                          "endpoint", "redis-1.example",
                          "hostname", "redis-1.example",
                          "role", "master",
                          "replication-offset", 72156L,
                          "health", "online",
                          "availability-zone", "zone-a"),
                      Views.map(
                          "id", Views.id('b'), "port", 6379L, "endpoint", "", "role", "replica")),
              "id", Views.id('5')));

  @Test
  void readsPortsEndpointsAndTheShardsId() {
    ShardsReply reply = ShardsReply.parse(VALKEY_9_1);
    assertThat(reply.shards()).hasSize(1);
    assertThat(reply.shards().get(0).id()).contains(Views.id('5'));
    assertThat(reply.member(Views.id('a')))
        .contains(new Member(Views.id('a'), Optional.of("redis-1.example"), 6379, 7379));
    assertThat(reply.member(Views.id('b')))
        .contains(new Member(Views.id('b'), Optional.of(""), 6379, 0));
  }

  @Test
  void readsNothingFromSomethingElse() {
    assertThat(ShardsReply.parse(List.of()).shards()).isEmpty();
    assertThat(ShardsReply.parse(List.of(1L, List.of(List.of()), new byte[0])).member("x"))
        .isEmpty();
    List<Object> odd =
        List.of(Views.map("nodes", List.of(Views.map("id", 7L, "port", -1L)), "id", "x"));
    assertThat(ShardsReply.parse(odd).shards().get(0).members()).isEmpty();
    assertThat(ShardsReply.parse(odd).shards().get(0).id()).isEmpty();
  }

  @Test
  void isAPrimaryWithItsReplicas() {
    List<Shard> shards =
        Shard.of(
            Views.nodes(
                Views.replica('c', 'a'),
                Views.primary('a', "0-99"),
                Views.primary('b', ""),
                Views.id('d') + " 10.0.0.9:6379@16379 handshake - 0 0 0 connected"),
            ShardsReply.NONE);
    assertThat(shards).extracting(Shard::primaryId).containsExactly(Views.id('a'), Views.id('b'));
    assertThat(shards.get(0).nodes())
        .extracting(ClusterNode::id)
        .containsExactly(Views.id('c'), Views.id('a'));
    assertThat(shards.get(1).hasSlots()).isFalse();
  }

  @Test
  void keepsAPrimaryThatWasFailedOverWithItsShardWhereTheServersKnowIt() {
    List<ClusterNode> view = Views.nodes(Views.lost('a'), Views.primary('b', "0-99"));
    assertThat(Shard.of(view, ShardsReply.NONE)).hasSize(2);
    ShardsReply listed =
        ShardsReply.parse(
            List.of(
                Views.map(
                    "nodes",
                    List.of(Views.map("id", Views.id('a')), Views.map("id", Views.id('b'))))));
    assertThat(Shard.of(view, listed))
        .singleElement()
        .satisfies(shard -> assertThat(shard.primaryId()).isEqualTo(Views.id('b')));
  }
}
