package io.emberwatch.processor.group;

import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A replication group as the newest samples of its members show it.
 *
 * <p>A group is a replication group by definition: one primary and the replicas that copy it (a
 * cluster shard, a Sentinel master, a lone server). Two lone servers configured under one group
 * name are two primaries, and that is reported.
 *
 * <p><b>Which primaries count.</b> Members are polled at different moments, so during a normal
 * switch-over the newest sample of the old primary still says "primary" for a part of the interval.
 * A member counts as primary if it answers, is not silent, and its claim is not older than the
 * first claim of the primary promoted last. So one poll of the old primary after the promotion
 * decides: a replica now, or a second primary. A group whose members have not all been polled since
 * the promotion, or since the start, has no second primary yet.
 *
 * <p><b>Which replicas count.</b> The larger of what a counted primary reports and of the replicas
 * that answer with their link up. The primary alone knows replicas that are not watched; the
 * members alone know replicas of replicas. A replica cut off by the network stays in the primary's
 * report until repl-timeout (60 s by default); replica_link_down sees that sooner.
 *
 * <p><b>How many are expected.</b> The label {@code expected-replicas} of any member (the largest,
 * if they differ), else {@link LearnedReplicas}.
 *
 * @param fleet fleet
 * @param group group
 * @param at newest event time among the samples seen; {@link Instant#EPOCH} before the first
 * @param members by instance id
 * @param learned replicas learned up to {@code at}, exclusive
 * @param lastPrimary the primary that counted last before {@code at}; null: none yet
 */
public record GroupView(
    String fleet,
    String group,
    Instant at,
    SortedMap<String, Member> members,
    LearnedReplicas learned,
    @Nullable String lastPrimary) {

  /** Label that sets the number of replicas a group should have, 0 or more. */
  public static final String EXPECTED_REPLICAS_LABEL = "expected-replicas";

  public GroupView {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
  }

  /** A group of which nothing is known. */
  public static GroupView empty(String fleet, String group) {
    return new GroupView(fleet, group, Instant.EPOCH, new TreeMap<>(), LearnedReplicas.NONE, null);
  }

  /**
   * The view after one more sample. A sample that is not newer than the member's last one changes
   * nothing. A retired member leaves the group, and so do members that were silent for {@link
   * GroupLimits#forgetAfter()}. What was learned of the replicas stays: a member that nobody
   * watches any longer may still be one.
   */
  public GroupView after(Signals signals, GroupLimits limits) {
    Member previous = members.get(signals.getInstanceId());
    Instant sampledAt = signals.getSampledAt();
    boolean retired = signals.getState() == TargetState.RETIRED;
    if (previous == null ? retired : !sampledAt.isAfter(previous.sampledAt())) {
      return this;
    }
    GroupView settled = sampledAt.isAfter(at) ? settledAt(sampledAt, limits) : this;
    TreeMap<String, Member> next = new TreeMap<>(settled.members);
    if (retired) {
      next.remove(signals.getInstanceId());
    } else {
      next.put(signals.getInstanceId(), Member.after(previous, signals));
    }
    next.values().removeIf(m -> isForgotten(m, settled.at, limits));
    while (next.size() > limits.maxMembers()) {
      next.remove(longestSilent(next));
    }
    return new GroupView(fleet, group, settled.at, next, settled.learned, settled.lastPrimary);
  }

  /**
   * Members that {@code before} had, of which this view was made with one more sample, and that are
   * gone though they were heard from within {@link GroupLimits#forgetAfter()}: those that did not
   * fit {@link GroupLimits#maxMembers()}. A view that is not full dropped nobody.
   */
  public int droppedSince(GroupView before, GroupLimits limits) {
    if (members.size() < limits.maxMembers()) {
      return 0;
    }
    return (int)
        before.members.values().stream()
            .filter(m -> !members.containsKey(m.instanceId()) && !isForgotten(m, at, limits))
            .count();
  }

  /** The figures as of {@link #at()}. */
  public GroupFigures figures(GroupLimits limits) {
    List<Member> primaries = primaries(limits);
    int online = onlineReplicas(primaries, limits);
    Integer expected = expectedReplicas();
    return new GroupFigures(
        members.size(),
        (int) answering(limits).count(),
        (int) members.values().stream().filter(m -> m.role() == Role.PRIMARY).count(),
        primaries.size(),
        online,
        expected,
        expected == null ? null : Math.max(0, expected - online),
        !primaries.isEmpty() || (lastPrimary != null && members.containsKey(lastPrimary)));
  }

  /** Labels that all members carry with the same value. */
  public Map<String, String> sharedLabels() {
    return members.values().stream()
        .map(Member::labels)
        .reduce(GroupView::intersection)
        .orElse(Map.of());
  }

  /** The tier that all members share, else {@link Tier#UNSPECIFIED}. */
  public Tier sharedTier() {
    Set<Tier> tiers = members.values().stream().map(Member::tier).collect(Collectors.toSet());
    return tiers.size() == 1 ? tiers.iterator().next() : Tier.UNSPECIFIED;
  }

  /** The longest poll interval of the members, since the group is judged by all of them. */
  public Duration pollInterval() {
    return members.values().stream()
        .map(Member::pollInterval)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** What was so from {@link #at()} until now is settled: it lasted, so it teaches. */
  private GroupView settledAt(Instant now, GroupLimits limits) {
    if (members.isEmpty()) {
      return new GroupView(fleet, group, now, members, learned, lastPrimary);
    }
    List<Member> primaries = primaries(limits);
    Duration silence = pollInterval().multipliedBy(limits.silentIntervals());
    LearnedReplicas next =
        learned.settle(onlineReplicas(primaries, limits), at, now, silence, limits);
    String primary = primaries.isEmpty() ? lastPrimary : primaries.get(0).instanceId();
    return new GroupView(fleet, group, now, members, next, primary);
  }

  private List<Member> primaries(GroupLimits limits) {
    List<Member> claims = answering(limits).filter(m -> m.role() == Role.PRIMARY).toList();
    Instant promotion =
        claims.stream().map(Member::roleSince).max(Comparator.naturalOrder()).orElse(at);
    return claims.stream().filter(m -> !m.sampledAt().isBefore(promotion)).toList();
  }

  private int onlineReplicas(List<Member> primaries, GroupLimits limits) {
    long linked = answering(limits).filter(Member::isLinkedReplica).count();
    long reported =
        primaries.stream()
            .map(Member::reportedReplicas)
            .mapToLong(replicas -> replicas == null ? 0 : replicas)
            .max()
            .orElse(0);
    return (int) Math.min(limits.maxMembers(), Math.max(linked, reported));
  }

  private @Nullable Integer expectedReplicas() {
    OptionalInt labelled =
        members.values().stream()
            .map(m -> m.labels().getOrDefault(EXPECTED_REPLICAS_LABEL, ""))
            .filter(label -> label.matches("\\d{1,4}"))
            .mapToInt(Integer::parseInt)
            .max();
    if (labelled.isPresent()) {
      return labelled.getAsInt();
    }
    return learned.expected() > 0 ? learned.expected() : null;
  }

  private Stream<Member> answering(GroupLimits limits) {
    return members.values().stream().filter(m -> m.answers(at, limits.silentIntervals()));
  }

  private static boolean isForgotten(Member member, Instant now, GroupLimits limits) {
    return now.isAfter(member.sampledAt().plus(limits.forgetAfter()));
  }

  private static String longestSilent(SortedMap<String, Member> members) {
    return Collections.min(
            members.values(),
            Comparator.comparing(Member::sampledAt).thenComparing(Member::instanceId))
        .instanceId();
  }

  private static Map<String, String> intersection(Map<String, String> a, Map<String, String> b) {
    Map<String, String> shared = new HashMap<>(a);
    shared.entrySet().retainAll(b.entrySet());
    return shared;
  }
}
