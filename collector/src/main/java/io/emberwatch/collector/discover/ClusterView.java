package io.emberwatch.collector.discover;

import io.emberwatch.collector.cluster.ClusterNode;
import io.emberwatch.collector.cluster.Shard;
import io.emberwatch.collector.target.ServerAddress;
import java.util.List;
import java.util.Optional;

/**
 * What one node says of its cluster.
 *
 * @param asked where it was reached
 * @param nodes as CLUSTER NODES has them
 * @param shards the same nodes, without those in a handshake
 */
record ClusterView(ServerAddress asked, List<ClusterNode> nodes, List<Shard> shards) {

  ClusterView {
    nodes = List.copyOf(nodes);
    shards = List.copyOf(shards);
  }

  /**
   * Where a node is reached. A node that does not know its own address is where it was asked; one
   * whose address was lost ({@code noaddr}) is nowhere.
   */
  Optional<ServerAddress> address(ClusterNode node) {
    if (node.port() == 0 || node.flags().contains("noaddr")) {
      return Optional.empty();
    }
    if (!node.ip().isEmpty()) {
      return Optional.of(ServerAddress.of(node.ip(), node.port()));
    }
    return node.isMyself() ? Optional.of(asked) : Optional.empty();
  }
}
