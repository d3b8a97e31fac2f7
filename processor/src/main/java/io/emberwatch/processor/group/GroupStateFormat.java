package io.emberwatch.processor.group;

import io.emberwatch.processor.state.GroupState;
import io.emberwatch.processor.state.MemberState;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;

/** A {@link GroupView} to the record that the store keeps, and back; times to the microsecond. */
public final class GroupStateFormat {

  private GroupStateFormat() {}

  /** State that {@link #read} turns into an equal view. */
  public static GroupState write(GroupView view) {
    LearnedReplicas learned = view.learned();
    List<Long> held =
        learned.heldSince().stream()
            .map(at -> ChronoUnit.MICROS.between(Instant.EPOCH, at))
            .toList();
    return GroupState.newBuilder()
        .setFleet(view.fleet())
        .setGroup(view.group())
        .setAt(view.at())
        .setMembers(view.members().values().stream().map(GroupStateFormat::write).toList())
        .setReplicasHeldSinceMicros(held)
        .setExpectedReplicas(learned.expected())
        .setExpectedReachedAt(learned.reachedAt())
        .setLastPrimary(view.lastPrimary())
        .build();
  }

  /** View of a state. A role or tier of a later version is read as not known. */
  public static GroupView read(GroupState state) {
    TreeMap<String, Member> members = new TreeMap<>();
    state.getMembers().forEach(m -> members.put(m.getInstanceId(), read(m)));
    List<Instant> held =
        state.getReplicasHeldSinceMicros().stream()
            .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS))
            .toList();
    return new GroupView(
        state.getFleet(),
        state.getGroup(),
        state.getAt(),
        members,
        new LearnedReplicas(held, state.getExpectedReplicas(), state.getExpectedReachedAt()),
        state.getLastPrimary());
  }

  private static MemberState write(Member member) {
    return MemberState.newBuilder()
        .setInstanceId(member.instanceId())
        .setRole(member.role().name())
        .setRoleSince(member.roleSince())
        .setReachable(member.reachable())
        .setLinkUp(member.linkUp())
        .setReplicationId(member.replicationId())
        .setReplicationOffsetBytes(member.replicationOffsetBytes())
        .setPrimaryAddress(member.primaryAddress())
        .setReportedReplicas(member.reportedReplicas())
        .setTier(member.tier().name())
        .setLabels(member.labels())
        .setSampledAt(member.sampledAt())
        .setPollIntervalMillis(member.pollInterval().toMillis())
        .build();
  }

  private static Member read(MemberState state) {
    return new Member(
        state.getInstanceId(),
        named(Role.values(), state.getRole(), Role.UNKNOWN),
        state.getRoleSince(),
        state.getReachable(),
        state.getLinkUp(),
        state.getReplicationId(),
        state.getReplicationOffsetBytes(),
        state.getPrimaryAddress(),
        state.getReportedReplicas(),
        named(Tier.values(), state.getTier(), Tier.UNSPECIFIED),
        state.getLabels(),
        state.getSampledAt(),
        Duration.ofMillis(state.getPollIntervalMillis()));
  }

  private static <E extends Enum<E>> E named(E[] values, String name, E otherwise) {
    for (E value : values) {
      if (value.name().equals(name)) {
        return value;
      }
    }
    return otherwise;
  }
}
