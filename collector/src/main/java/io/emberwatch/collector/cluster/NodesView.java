package io.emberwatch.collector.cluster;

import io.emberwatch.collector.cluster.ClusterNode.SlotMove;
import io.emberwatch.schemas.ClusterNodeView;
import io.emberwatch.schemas.ClusterNodesView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A view of a cluster as a record. */
public final class NodesView {

  /** 60 KB; a cluster of more is told whole by its hash and its faulty nodes. */
  static final int MAX_NODES = 512;

  private NodesView() {}

  /** The record of a view. */
  public static ClusterNodesView of(List<ClusterNode> view) {
    SlotMap slots = new SlotMap(view);
    ClusterNodesView record = new ClusterNodesView();
    record.setMyId(
        view.stream().filter(ClusterNode::isMyself).map(ClusterNode::id).findFirst().orElse(null));
    record.setSlotMapHash(slots.hash());
    record.setSlotsAssigned(slots.assigned());
    record.setNodeCount(view.size());
    record.setNodes(nodes(view));
    return record;
  }

  private static List<ClusterNodeView> nodes(List<ClusterNode> view) {
    List<ClusterNode> faultyFirst = new ArrayList<>(view);
    faultyFirst.sort(
        Comparator.comparing((ClusterNode node) -> node.isMyself() ? 0 : isFaulty(node) ? 1 : 2)
            .thenComparing(ClusterNode::id));
    return faultyFirst.stream().limit(MAX_NODES).map(NodesView::node).toList();
  }

  private static boolean isFaulty(ClusterNode node) {
    return node.isFailed() || node.flags().contains("fail?") || !node.linkUp();
  }

  private static ClusterNodeView node(ClusterNode node) {
    ClusterNodeView record = new ClusterNodeView();
    record.setId(node.id());
    record.setAddress(
        node.ip().isEmpty() || node.port() == 0
            ? null
            : (node.ip().indexOf(':') < 0 ? node.ip() : "[" + node.ip() + "]") + ":" + node.port());
    record.setHostname(node.hostname().orElse(null));
    record.setFlags(node.flags().stream().sorted().toList());
    record.setPrimaryId(node.primaryId().orElse(null));
    record.setConfigEpoch(node.configEpoch());
    record.setLinkUp(node.linkUp());
    record.setSlots(Math.min(node.slotCount(), SlotRange.SLOTS));
    record.setMigratingSlots((int) node.moves().stream().filter(m -> !m.importing()).count());
    record.setImportingSlots((int) node.moves().stream().filter(SlotMove::importing).count());
    return record;
  }
}
