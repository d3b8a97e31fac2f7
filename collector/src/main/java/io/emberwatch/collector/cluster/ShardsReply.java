package io.emberwatch.collector.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.collector.connect.ReplyFields;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The reply to CLUSTER SHARDS, since 7.0. It tells what CLUSTER NODES does not: both ports, where
 * clients are to connect, and since 7.2 which shard a primary belongs to that was failed over. What
 * cannot be read is left out.
 *
 * @param shards in the order of the reply
 */
public record ShardsReply(List<Listed> shards) {

  /** Nothing is known, as of a server before 7.0. */
  public static final ShardsReply NONE = new ShardsReply(List.of());

  private static final int MAX_SHARDS = 5_000;
  private static final int MAX_NODES = 1_000;

  /** RFC 1035 allows 255 characters. */
  private static final int MAX_HOST_NAME = 255;

  public ShardsReply {
    shards = List.copyOf(shards);
  }

  /**
   * A shard.
   *
   * @param id what the servers call it; only Valkey 9.1 and later say so here
   */
  public record Listed(Optional<String> id, List<Member> members) {

    public Listed {
      members = List.copyOf(members);
    }
  }

  /**
   * A node.
   *
   * @param endpoint where clients are to connect, by {@code cluster-preferred-endpoint-type}: an
   *     address, a host name, {@code ?} for a host name that is not set, or an empty text for "as
   *     you reached me"; empty when not told
   * @param port 0 without one
   * @param tlsPort 0 without one
   */
  public record Member(String id, Optional<String> endpoint, int port, int tlsPort) {}

  /** Reads the reply; none when it is something else. */
  public static ShardsReply parse(List<Object> reply) {
    return new ShardsReply(
        reply.stream().limit(MAX_SHARDS).map(ReplyFields::of).map(ShardsReply::shard).toList());
  }

  /** What is told of a node. */
  public Optional<Member> member(String nodeId) {
    return shards.stream()
        .flatMap(shard -> shard.members().stream())
        .filter(member -> member.id().equals(nodeId))
        .findFirst();
  }

  private static Listed shard(ReplyFields fields) {
    Stream<Optional<Member>> members =
        fields.list("nodes").stream()
            .limit(MAX_NODES)
            .map(ReplyFields::of)
            .map(ShardsReply::member);
    return new Listed(
        Optional.ofNullable(fields.text("id")).filter(id -> NodesReply.ID.matcher(id).matches()),
        members.flatMap(Optional::stream).toList());
  }

  private static Optional<Member> member(ReplyFields node) {
    return Optional.ofNullable(node.text("id"))
        .map(id -> new Member(id, endpoint(node), port(node, "port"), port(node, "tls-port")));
  }

  /** Whole: a host name that is cut is another host. */
  private static Optional<String> endpoint(ReplyFields node) {
    return Optional.ofNullable(node.bytes("endpoint"))
        .filter(bytes -> bytes.length <= MAX_HOST_NAME)
        .map(bytes -> new String(bytes, UTF_8));
  }

  private static int port(ReplyFields node, String name) {
    Long port = node.number(name);
    return port == null || port < 0 || port > 65_535 ? 0 : port.intValue();
  }
}
