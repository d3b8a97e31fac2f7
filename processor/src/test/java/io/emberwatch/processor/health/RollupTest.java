package io.emberwatch.processor.health;

import static io.emberwatch.processor.group.TestSignals.primary;
import static io.emberwatch.processor.group.TestSignals.refused;
import static io.emberwatch.processor.group.TestSignals.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.processor.state.FiringRules;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import io.emberwatch.schemas.Scope;
import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Signals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RollupTest {

  private static final HealthScope GROUP = new HealthScope("prod", "cache-1");
  private static final HealthScope FLEET = new HealthScope("prod", null);
  private static final FiringRules SILENCE = Firing.after(Firing.NONE, TestBreach.silence(60));

  @Test
  void figuresAreSummedOrTheWorst() {
    Signals a = primary("a", 0, 1);
    a.setOpsRate(100.0);
    a.setMemUtil(0.4);
    a.setHitRatio(0.9);
    a.setKeys(10L);
    Signals b = replica("b", 0);
    b.setOpsRate(50.0);
    b.setMemUtil(0.6);
    b.setKeys(10L);

    Health group = group(up(a), up(b));

    assertThat(group.getState()).isEqualTo(HealthState.HEALTHY);
    assertThat(group.getScope()).isEqualTo(Scope.GROUP);
    assertThat(group.getScopeId()).isEqualTo("prod/cache-1");
    assertThat(group.getOpsRate()).isEqualTo(150.0);
    assertThat(group.getMemUtil()).isEqualTo(0.6);
    assertThat(group.getHitRatio()).isEqualTo(0.9);
    assertThat(group.getKeys()).isEqualTo(10L);
    assertThat(group.getUsedMemoryBytes()).isNull();
    assertThat(group.getInstances()).isEqualTo(2);
    assertThat(group.getPrimaries()).isEqualTo(1);
    assertThat(group.getReplicas()).isEqualTo(1);
  }

  @Test
  void groupWhosePrimaryIsDownIsDown() {
    Health dead = InstanceHealth.sampled(up(primary("a", 0, 1)), refused("a", 15), Firing.NONE);

    assertThat(group(dead, up(replica("b", 0))).getState()).isEqualTo(HealthState.DOWN);
  }

  @Test
  void groupWhoseReplicaIsDownIsCritical() {
    Health dead = InstanceHealth.sampled(up(replica("b", 0)), refused("b", 15), Firing.NONE);

    assertThat(group(dead, up(primary("a", 0, 1))).getState()).isEqualTo(HealthState.CRITICAL);
  }

  @Test
  void oldPrimaryThatStaysDownAfterAFailoverDoesNotTakeTheGroupDown() {
    Health dead = InstanceHealth.sampled(up(primary("a", 0, 1)), refused("a", 15), Firing.NONE);

    assertThat(group(dead, up(primary("b", 15, 0))).getState()).isEqualTo(HealthState.CRITICAL);
  }

  @Test
  void groupOfWatchedReplicasAloneIsHealthy() {
    assertThat(group(up(replica("a", 0)), up(replica("b", 0))).getState())
        .isEqualTo(HealthState.HEALTHY);
  }

  @Test
  void oneSilentMemberIsAWarningAndAllSilentIsSilence() {
    Health silent = InstanceHealth.rejudged(up(replica("a", 0)), SILENCE);

    assertThat(group(silent, up(primary("b", 0, 1))).getState()).isEqualTo(HealthState.WARNING);
    assertThat(group(silent).getState()).isEqualTo(HealthState.SILENT);
  }

  @Test
  void ownRulesAndThoseOfMembersAreListedOnceWorstFirst() {
    FiringRules own =
        Firing.after(Firing.NONE, TestBreach.firing("replica_missing", Severity.WARNING, 0));
    FiringRules member =
        Firing.after(
            Firing.after(Firing.NONE, TestBreach.firing("memory_high", Severity.CRITICAL, 0)),
            TestBreach.firing("slow_commands", Severity.WARNING, 0));
    Health a = InstanceHealth.sampled(null, primary("a", 0, 1), member);
    Health b = InstanceHealth.sampled(null, replica("b", 0), member);

    Health group = Rollup.of(GROUP, List.of(a, b), own, null);

    assertThat(group.getFiringRules())
        .containsExactly("memory_high", "replica_missing", "slow_commands");
    assertThat(group.getState()).isEqualTo(HealthState.CRITICAL);
  }

  @Test
  void downGroupIsCriticalForAFleetThatHasOthers() {
    Health dead = group(InstanceHealth.sampled(null, refused("a", 0), Firing.NONE));
    Health alive = group(up(primary("b", 0, 0)));
    Health fleet = Rollup.of(FLEET, List.of(dead, alive), Firing.NONE, null);

    assertThat(dead.getState()).isEqualTo(HealthState.DOWN);
    assertThat(fleet.getState()).isEqualTo(HealthState.CRITICAL);
    assertThat(fleet.getScope()).isEqualTo(Scope.FLEET);
    assertThat(fleet.getInstances()).isEqualTo(2);
    assertThat(Rollup.of(FLEET, List.of(dead), Firing.NONE, null).getState())
        .isEqualTo(HealthState.DOWN);
  }

  @Test
  void scopeWithoutMembersIsGone() {
    assertThat(Publication.isGone(group())).isTrue();
  }

  @Property(tries = 100)
  void orderOfMembersDoesNotMatter(@ForAll("members") List<Health> members, @ForAll long seed) {
    List<Health> shuffled = new ArrayList<>(members);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(Rollup.of(GROUP, shuffled, Firing.NONE, null))
        .isEqualTo(Rollup.of(GROUP, members, Firing.NONE, null));
  }

  @Property(tries = 100)
  void countsOfAFleetAreThoseOfItsInstances(@ForAll("members") List<Health> members) {
    int half = members.size() / 2;
    Health left = group(members.subList(0, half).toArray(Health[]::new));
    Health right = group(members.subList(half, members.size()).toArray(Health[]::new));
    Health whole = group(members.toArray(Health[]::new));
    Health fleet = Rollup.of(FLEET, List.of(left, right), Firing.NONE, null);

    assertThat(fleet.getInstances()).isEqualTo(whole.getInstances());
    assertThat(fleet.getReachable()).isEqualTo(whole.getReachable());
    assertThat(fleet.getPrimaries()).isEqualTo(whole.getPrimaries());
    assertThat(fleet.getKeys()).isEqualTo(whole.getKeys());
  }

  @Provide
  Arbitrary<List<Health>> members() {
    return Arbitraries.of("primary", "replica", "refused", "silent", "warned")
        .map(RollupTest::member)
        .list()
        .ofMaxSize(8);
  }

  private static Health member(String kind) {
    FiringRules warning =
        Firing.after(Firing.NONE, TestBreach.firing("slow_commands", Severity.WARNING, 0));
    return switch (kind) {
      case "primary" -> up(primary("a", 0, 1));
      case "replica" -> up(replica("b", 0));
      case "refused" -> InstanceHealth.sampled(null, refused("c", 0), Firing.NONE);
      case "silent" -> InstanceHealth.rejudged(up(replica("d", 0)), SILENCE);
      default -> InstanceHealth.sampled(null, replica("e", 0), warning);
    };
  }

  private static Health up(Signals signals) {
    return InstanceHealth.sampled(null, signals, Firing.NONE);
  }

  private static Health group(Health... members) {
    return Rollup.of(GROUP, List.of(members), Firing.NONE, null);
  }
}
