package io.emberwatch.processor.signal;

import static io.emberwatch.processor.signal.PairedSample.field;
import static io.emberwatch.processor.signal.PairedSample.orZero;

import io.emberwatch.processor.state.Counters;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.ReplicaLink;
import io.emberwatch.schemas.ReplicaState;
import io.emberwatch.schemas.ReplicationSection;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.UpstreamSection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lag as the primary sees it, and the replica's link. Source: INFO replication. */
final class ReplicationSignals {

  private ReplicationSignals() {}

  static void write(PairedSample seen, Signals into) {
    ReplicationSection replication = seen.sample().getReplication();
    if (replication == null) {
      return;
    }
    if (seen.sample().getRole() == Role.PRIMARY) {
      writePrimary(seen, replication, into);
    } else if (seen.sample().getRole() == Role.REPLICA) {
      writeReplica(replication.getUpstream(), into);
    }
  }

  private static void writePrimary(
      PairedSample seen, ReplicationSection replication, Signals into) {
    Long offset = replication.getMasterReplOffset();
    into.setReplicationOffsetBytes(offset);
    List<ReplicaLink> online = online(seen.sample());
    if (online == null) {
      return;
    }
    into.setOnlineReplicas((long) online.size());
    into.setReplicaAckAgeSeconds(
        online.stream()
            .map(ReplicaLink::getLag)
            .filter(Objects::nonNull)
            .max(Long::compare)
            .orElse(null));
    Long lagBytes = lagBytes(offset, online);
    into.setLagBytes(lagBytes);
    into.setLagSecsEst(lagSeconds(lagBytes, streamRate(seen.pair())));
  }

  private static void writeReplica(@Nullable UpstreamSection upstream, Signals into) {
    Boolean up = field(upstream, UpstreamSection::getMasterLinkUp);
    into.setReplicationOffsetBytes(field(upstream, UpstreamSection::getSlaveReplOffset));
    if (upstream == null || up == null) {
      return;
    }
    into.setLinkUp(up);
    // Redis says -1 for a link that was never up: since when it is down is then not known.
    if (!up && orZero(upstream.getMasterLinkDownSinceSeconds()) >= 0) {
      into.setLinkDownSeconds(upstream.getMasterLinkDownSinceSeconds());
    }
  }

  /** Null: not reported. */
  private static @Nullable List<ReplicaLink> online(InstanceSample sample) {
    List<ReplicaLink> replicas = sample.getReplicas();
    return replicas == null
        ? null
        : replicas.stream().filter(replica -> replica.getState() == ReplicaState.ONLINE).toList();
  }

  /**
   * {@code max(master_repl_offset - slaveN.offset)} over online replicas, bytes, 0 or more. Null:
   * no online replica, or unknown.
   */
  static @Nullable Long lagBytes(@Nullable Long offset, List<ReplicaLink> online) {
    if (offset == null) {
      return null;
    }
    return online.stream()
        .map(ReplicaLink::getOffset)
        .filter(Objects::nonNull)
        .map(acknowledged -> Math.max(0, offset - acknowledged))
        .max(Long::compare)
        .orElse(null);
  }

  /**
   * {@code lag_bytes/repl_rate}, seconds: how long the primary needed to write what is missing; 0
   * without lag. slaveN.lag is no substitute: it is the age of the acknowledgement. Null: the
   * stream stands still, or unknown.
   */
  static @Nullable Double lagSeconds(@Nullable Long lagBytes, @Nullable Double bytesPerSecond) {
    if (lagBytes == null) {
      return null;
    }
    if (lagBytes == 0) {
      return 0.0;
    }
    return bytesPerSecond == null || bytesPerSecond <= 0
        ? null
        : (Double) (lagBytes / bytesPerSecond);
  }

  /** {@code d(master_repl_offset)/dt} within one replication id. */
  private static @Nullable Double streamRate(@Nullable SamplePair pair) {
    if (pair == null) {
      return null;
    }
    boolean sameStream =
        Objects.equals(pair.before().getReplicationId(), pair.after().getReplicationId());
    return sameStream ? pair.rate(Counters::getReplicationOffset) : null;
  }
}
