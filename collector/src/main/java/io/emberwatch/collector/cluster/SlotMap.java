package io.emberwatch.collector.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Who serves which slot in one view. Of two nodes that claim a slot the later line counts. */
final class SlotMap {

  /** FNV-1a, 64 bits: two views that differ are told apart, nobody attacks it. */
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;

  private static final long FNV_PRIME = 0x100000001b3L;

  private final String[] owners = new String[SlotRange.SLOTS];

  SlotMap(List<ClusterNode> view) {
    Arrays.fill(owners, "");
    for (ClusterNode node : view) {
      for (SlotRange range : node.slots()) {
        Arrays.fill(owners, range.first(), range.last() + 1, node.id());
      }
    }
  }

  /** Slots with an owner, 0 to 16384. */
  int assigned() {
    return (int) Arrays.stream(owners).filter(owner -> !owner.isEmpty()).count();
  }

  /**
   * 16 hexadecimal digits of the owners of all slots; how a view writes its ranges is no matter.
   */
  String hash() {
    long hash = FNV_OFFSET;
    int from = 0;
    for (int slot = 1; slot <= owners.length; slot++) {
      if (slot == owners.length || !Objects.equals(owners[slot], owners[from])) {
        hash = mixed(hash, from + "-" + owners[from] + ";");
        from = slot;
      }
    }
    return "%016x".formatted(hash);
  }

  private static long mixed(long hash, String text) {
    long mixed = hash;
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * FNV_PRIME;
    }
    return mixed;
  }
}
