package io.emberwatch.collector.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.ClusterNodeView;
import io.emberwatch.schemas.ClusterNodesView;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NodesViewTest {

  private static ClusterNodesView view(String... lines) {
    return NodesView.of(Views.nodes(lines));
  }

  @Test
  void tellsEachNodeAndWhoWasAsked() {
    ClusterNodesView view =
        view(
            Views.primary('b', "0-99"),
            Views.replica('c', 'b'),
            Views.id('a')
                + " 2001:db8::1:6379@16379,a.example myself,master - 0 0 7 connected 100-199 205"
                + " [205->-"
                + Views.id('b')
                + "] [77-<-"
                + Views.id('b')
                + "]",
            Views.lost('d'));
    assertThat(view.getMyId()).isEqualTo(Views.id('a'));
    assertThat(view.getNodeCount()).isEqualTo(4);
    assertThat(view.getSlotsAssigned()).isEqualTo(201);
    assertThat(view.getNodes())
        .extracting(ClusterNodeView::getId)
        .as("who was asked, then the faulty ones")
        .containsExactly(Views.id('a'), Views.id('d'), Views.id('b'), Views.id('c'));
    ClusterNodeView myself = view.getNodes().get(0);
    assertThat(myself.getAddress()).isEqualTo("[2001:db8::1]:6379");
    assertThat(myself.getHostname()).isEqualTo("a.example");
    assertThat(myself.getFlags()).containsExactly("master", "myself");
    assertThat(myself.getConfigEpoch()).isEqualTo(7);
    assertThat(myself.getSlots()).isEqualTo(101);
    assertThat(myself.getMigratingSlots()).isOne();
    assertThat(myself.getImportingSlots()).isOne();
    assertThat(view.getNodes().get(3).getPrimaryId()).isEqualTo(Views.id('b'));
    assertThat(view.getNodes().get(1).getLinkUp()).isFalse();
  }

  @Test
  void hashesTheOwnersOfSlotsWhateverTheOrderRangesAndReplicas() {
    String one = view(Views.primary('a', "0-9"), Views.primary('b', "10-19")).getSlotMapHash();
    assertThat(one).matches("[0-9a-f]{16}");
    assertThat(
            view(
                    Views.primary('b', "10-15 16 17-19"),
                    Views.replica('c', 'a'),
                    Views.primary('a', "0-9"))
                .getSlotMapHash())
        .isEqualTo(one);
    assertThat(view(Views.primary('a', "0-8"), Views.primary('b', "9-19")).getSlotMapHash())
        .isNotEqualTo(one);
    assertThat(view(Views.primary('a', "0-9"), Views.primary('d', "10-19")).getSlotMapHash())
        .isNotEqualTo(one);
  }

  @Test
  void keepsTheFaultyNodesOfALargeCluster() {
    String[] lines =
        IntStream.range(0, 600)
            .mapToObj(
                i ->
                    "%040x 10.0.0.1:%d@1 master%s - 0 0 1 connected"
                        .formatted(i, 1_000 + i, i == 599 ? ",fail" : ""))
            .toArray(String[]::new);
    ClusterNodesView view = view(lines);
    assertThat(view.getNodeCount()).isEqualTo(600);
    assertThat(view.getNodes()).hasSize(NodesView.MAX_NODES);
    assertThat(view.getNodes().get(0).getId()).isEqualTo(String.format(Locale.ROOT, "%040x", 599));
    assertThat(List.copyOf(view.getNodes().get(0).getFlags())).contains("fail");
  }
}
