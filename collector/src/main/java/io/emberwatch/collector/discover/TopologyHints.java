package io.emberwatch.collector.discover;

import io.emberwatch.schemas.ClusterInfo;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.ReplicationSection;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.UpstreamSection;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees in samples that a group may have changed: a server has another role than before, was lost or
 * came back, a replica lost its primary or has another one, or a cluster has another epoch or more
 * nodes. Thread-safe; never blocks.
 */
public final class TopologyHints implements Consumer<InstanceSample> {

  private final Consumer<String> hint;
  private final Map<String, Seen> last = new ConcurrentHashMap<>();

  /**
   * @param hint takes the instance id of the server that shows the change; returns at once
   */
  public TopologyHints(Consumer<String> hint) {
    this.hint = hint;
  }

  @Override
  public void accept(InstanceSample sample) {
    Seen now = Seen.of(sample);
    Seen before = last.put(sample.getInstanceId(), now);
    if (before != null && !before.equals(now)) {
      hint.accept(sample.getInstanceId());
    }
  }

  /** Forgets servers that are not watched any more. */
  public void keep(Collection<String> instanceIds) {
    last.keySet().retainAll(instanceIds);
  }

  /**
   * What a change of hints at.
   *
   * @param primary whom a replica follows, and whether it is connected; null for others
   * @param cluster epoch and size of a cluster; null for others
   */
  private record Seen(
      boolean up, Role role, @Nullable String primary, @Nullable List<@Nullable Long> cluster) {

    static Seen of(InstanceSample sample) {
      return new Seen(
          sample.getState() == TargetState.UP,
          sample.getRole(),
          primary(sample.getReplication()),
          cluster(sample.getClusterInfo()));
    }

    private static @Nullable List<@Nullable Long> cluster(@Nullable ClusterInfo info) {
      return info == null
          ? null
          : Arrays.asList(info.getClusterCurrentEpoch(), info.getClusterKnownNodes());
    }

    private static @Nullable String primary(@Nullable ReplicationSection replication) {
      UpstreamSection upstream = replication == null ? null : replication.getUpstream();
      return upstream == null
          ? null
          : upstream.getMasterHost()
              + " "
              + upstream.getMasterPort()
              + " "
              + upstream.getMasterLinkUp();
    }
  }
}
