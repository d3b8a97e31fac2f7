package io.emberwatch.collector.cluster;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node as one line of CLUSTER NODES tells it, in the view of the node that was asked.
 *
 * @param id 40 hexadecimal digits; new after CLUSTER RESET HARD
 * @param ip as the nodes reach it; empty when not known, as of itself before it met another
 * @param hostname what it announces, since 7.0; empty without
 * @param port for clients; the TLS port when it was asked over TLS; 0 when not known
 * @param flags {@code myself}, {@code master}, {@code slave}, {@code fail?}, {@code fail}, {@code
 *     handshake}, {@code noaddr}, {@code nofailover}; without {@code noflags}
 * @param primaryId of a replica; empty for a primary, and for a replica whose primary is not known
 * @param configEpoch of the shard's last failover
 * @param linkUp whether the node that was asked has a link to it; true for itself
 * @param slots of a primary
 * @param moves open slots, told by the node about itself only
 */
public record ClusterNode(
    String id,
    String ip,
    Optional<String> hostname,
    int port,
    Set<String> flags,
    Optional<String> primaryId,
    long configEpoch,
    boolean linkUp,
    List<SlotRange> slots,
    List<SlotMove> moves) {

  /**
   * A slot on its way.
   *
   * @param slot 0 to 16383
   * @param importing whether it comes to the node that tells it; else it goes away
   * @param peer id of the other node
   */
  public record SlotMove(int slot, boolean importing, String peer) {}

  public ClusterNode {
    flags = Set.copyOf(flags);
    slots = List.copyOf(slots);
    moves = List.copyOf(moves);
  }

  public boolean isMyself() {
    return flags.contains("myself");
  }

  /** A node that was never promoted and has no slots is a primary too. */
  public boolean isPrimary() {
    return flags.contains("master");
  }

  /** Whether it is a node of the cluster already; in a handshake its id is made up. */
  public boolean hasJoined() {
    return !flags.contains("handshake");
  }

  /** Whether the majority holds it for dead. */
  public boolean isFailed() {
    return flags.contains("fail");
  }

  /** How many slots. */
  public int slotCount() {
    return slots.stream().mapToInt(SlotRange::size).sum();
  }
}
