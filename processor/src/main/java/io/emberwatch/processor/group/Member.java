package io.emberwatch.processor.group;

import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A member of a group as its last sample showed it.
 *
 * @param role the last role it told; a sample that does not tell one (a refused connection) leaves
 *     the role before
 * @param roleSince time of the first sample of the present run of this role
 * @param reachable the last poll was answered
 * @param linkUp the replica's link to its primary is up; null: not a replica, or not known
 * @param replicationId null: not known
 * @param replicationOffsetBytes null: not known
 * @param primaryAddress host:port that the replica follows; null: a primary, or not known
 * @param reportedReplicas replicas online as this primary reports them; null: not told
 * @param sampledAt event time of the last sample
 */
public record Member(
    String instanceId,
    Role role,
    Instant roleSince,
    boolean reachable,
    @Nullable Boolean linkUp,
    @Nullable String replicationId,
    @Nullable Long replicationOffsetBytes,
    @Nullable String primaryAddress,
    @Nullable Long reportedReplicas,
    Tier tier,
    Map<String, String> labels,
    Instant sampledAt,
    Duration pollInterval) {

  public Member {
    labels = Map.copyOf(labels);
  }

  /** The member after a sample; {@code previous} is null for the first one. */
  static Member after(@Nullable Member previous, Signals signals) {
    Role role = signals.getRole();
    Instant roleSince = signals.getSampledAt();
    if (previous != null && (role == Role.UNKNOWN || role == previous.role)) {
      role = previous.role;
      roleSince = previous.roleSince;
    }
    return new Member(
        signals.getInstanceId(),
        role,
        roleSince,
        signals.getReachable(),
        signals.getLinkUp(),
        signals.getReplicationId(),
        signals.getReplicationOffsetBytes(),
        signals.getPrimaryAddress(),
        signals.getOnlineReplicas(),
        signals.getTier(),
        signals.getLabels(),
        signals.getSampledAt(),
        Duration.ofMillis(signals.getPollIntervalMillis()));
  }

  /** Answered its last poll, and that is not more than {@code silentIntervals} polls ago. */
  boolean answers(Instant now, int silentIntervals) {
    return reachable && !now.isAfter(sampledAt.plus(pollInterval.multipliedBy(silentIntervals)));
  }

  boolean isLinkedReplica() {
    return role == Role.REPLICA && Boolean.TRUE.equals(linkUp);
  }
}
