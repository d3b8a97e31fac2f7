package io.emberwatch.collector.discover;

import io.emberwatch.collector.cluster.ClusterNode;
import io.emberwatch.collector.cluster.Shard;
import io.emberwatch.collector.cluster.ShardsReply;
import io.emberwatch.collector.cluster.ShardsReply.Member;
import io.emberwatch.collector.target.ServerAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one node says of its cluster. */
final class ClusterView {

  private final ServerAddress asked;
  private final boolean encrypted;
  private final boolean tellsShardIds;
  private final List<Shard> shards;
  private final Map<String, Member> members = new HashMap<>();

  /**
   * @param asked where it was reached
   * @param encrypted whether that was over TLS
   * @param tellsShardIds whether its release has CLUSTER MYSHARDID
   */
  ClusterView(
      ServerAddress asked,
      boolean encrypted,
      boolean tellsShardIds,
      List<ClusterNode> nodes,
      ShardsReply listed) {
    this.asked = asked;
    this.encrypted = encrypted;
    this.tellsShardIds = tellsShardIds;
    this.shards = Shard.of(nodes, listed);
    listed.shards().forEach(shard -> shard.members().forEach(m -> members.put(m.id(), m)));
  }

  boolean tellsShardIds() {
    return tellsShardIds;
  }

  List<Shard> shards() {
    return shards;
  }

  /** All nodes but those in a handshake. */
  List<ClusterNode> nodes() {
    return shards.stream().map(Shard::nodes).flatMap(List::stream).toList();
  }

  /**
   * Where a node is reached: at the endpoint that the cluster announces, else at the address of its
   * cluster bus. A node that announces no endpoint on purpose is behind the address that was asked,
   * on a port of its own; so is one that does not know its own address yet. One whose address was
   * lost ({@code noaddr}) is nowhere.
   */
  Optional<ServerAddress> address(ClusterNode node) {
    Optional<Member> member = Optional.ofNullable(members.get(node.id()));
    int port =
        member
            .map(m -> encrypted ? m.tlsPort() : m.port())
            .filter(told -> told != 0)
            .orElse(node.port());
    if (port == 0 || node.flags().contains("noaddr")) {
      return Optional.empty();
    }
    return host(node, member.flatMap(Member::endpoint)).map(host -> ServerAddress.of(host, port));
  }

  private Optional<String> host(ClusterNode node, Optional<String> endpoint) {
    if (endpoint.isPresent() && endpoint.get().isEmpty()) {
      return Optional.of(asked.host());
    }
    Optional<String> announced = endpoint.filter(name -> !name.equals("?"));
    if (announced.isPresent()) {
      return announced;
    }
    if (!node.ip().isEmpty()) {
      return Optional.of(node.ip());
    }
    return node.isMyself() ? Optional.of(asked.host()) : Optional.empty();
  }
}
