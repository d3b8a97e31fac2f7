package io.emberwatch.collector.probe;

import io.emberwatch.schemas.ClusterInfo;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether CLUSTER NODES would tell something new, by what CLUSTER INFO shows of it: epochs, nodes,
 * owners of slots. Written by findings only.
 */
final class ClusterNews {

  private @Nullable List<@Nullable Object> last;
  private boolean nodesAreTold;

  /** Whether this differs from what was seen last, and CLUSTER NODES is known to be answered. */
  boolean in(ClusterInfo info) {
    return nodesAreTold && last != null && !last.equals(signs(info));
  }

  void saw(ClusterInfo info) {
    last = signs(info);
  }

  void nodesAreTold() {
    nodesAreTold = true;
  }

  private static List<@Nullable Object> signs(ClusterInfo info) {
    return Arrays.asList(
        info.getClusterState(),
        info.getClusterCurrentEpoch(),
        info.getClusterMyEpoch(),
        info.getClusterKnownNodes(),
        info.getClusterSize(),
        info.getClusterSlotsAssigned(),
        info.getClusterSlotsOk());
  }
}
