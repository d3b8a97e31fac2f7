package io.emberwatch.collector.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.cluster.Shard;
import io.emberwatch.collector.cluster.ShardsReply;
import io.emberwatch.collector.cluster.Views;
import io.emberwatch.collector.target.ServerAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class ShardIdsTest {

  private final List<ServerAddress> asked = new CopyOnWriteArrayList<>();
  private final ShardIds ids =
      new ShardIds(
          address -> {
            asked.add(address);
            // The host's last number is the letter of the node; primary a does not answer.
            return CompletableFuture.completedFuture(
                address.host().endsWith("." + (int) 'a')
                    ? Optional.empty()
                    : Optional.of(Views.id('5')));
          });

  private static ClusterView view(boolean tells, String... lines) {
    return new ClusterView(
        ServerAddress.of("seed", 1), false, tells, Views.nodes(lines), ShardsReply.NONE);
  }

  @Test
  void asksAReplicaWhenThePrimaryDoesNotAnswerAndRemembersIt() {
    ClusterView view = view(true, Views.primary('a', "0-99"), Views.replica('b', 'a'));
    List<Shard> called = ids.called(view).join();
    assertThat(called).singleElement().extracting(Shard::id).isEqualTo(Optional.of(Views.id('5')));
    assertThat(asked).hasSize(2);
    ids.called(view).join();
    assertThat(asked).hasSize(2);
  }

  @Test
  void asksForEachNewPrimaryOnly() {
    ids.called(view(true, Views.primary('c', "0-99"), Views.replica('d', 'c'))).join();
    assertThat(asked).hasSize(1);
    ids.called(view(true, Views.replica('c', 'd'), Views.primary('d', "0-99"))).join();
    assertThat(asked).hasSize(2);
  }

  @Test
  void asksNobodyOfAnOlderRelease() {
    assertThat(ids.called(view(false, Views.primary('c', "0-99"))).join().get(0).id()).isEmpty();
    assertThat(asked).isEmpty();
  }
}
