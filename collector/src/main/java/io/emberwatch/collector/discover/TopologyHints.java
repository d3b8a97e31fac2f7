package io.emberwatch.collector.discover;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.ReplicationSection;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.UpstreamSection;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees in samples that a group may have changed: a server has another role than before, was lost or
 * came back, or a replica lost its primary or has another one. Thread-safe; never blocks.
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
   */
  private record Seen(boolean up, Role role, @Nullable String primary) {

    static Seen of(InstanceSample sample) {
      return new Seen(
          sample.getState() == TargetState.UP, sample.getRole(), primary(sample.getReplication()));
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
