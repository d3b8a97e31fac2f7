package io.emberwatch.processor.health;

import static io.emberwatch.processor.group.TestSignals.primary;
import static io.emberwatch.processor.group.TestSignals.refused;
import static io.emberwatch.processor.group.TestSignals.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.processor.state.FiringRules;
import io.emberwatch.schemas.BreachKind;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Transition;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InstanceHealthTest {

  private static final FiringRules SILENCE = Firing.after(Firing.NONE, TestBreach.silence(60));

  @Test
  void serverThatAnswersWithoutAnythingFiringIsHealthy() {
    Health health = InstanceHealth.sampled(null, primary("a", 0, 1), Firing.NONE);

    assertThat(health.getState()).isEqualTo(HealthState.HEALTHY);
    assertThat(health.getPrimaries()).isEqualTo(1);
    assertThat(health.getReplicas()).isZero();
    assertThat(health.getReachable()).isEqualTo(1);
  }

  @Test
  void worstRuleThatFiresIsTheState() {
    Health health = InstanceHealth.sampled(null, primary("a", 0, 1), Firing.NONE);
    FiringRules one =
        Firing.after(Firing.NONE, TestBreach.firing("slow_commands", Severity.WARNING, 15));
    FiringRules two = Firing.after(one, TestBreach.firing("memory_high", Severity.CRITICAL, 30));

    Health warned = InstanceHealth.rejudged(health, one);
    Health critical = InstanceHealth.rejudged(warned, two);

    assertThat(warned.getState()).isEqualTo(HealthState.WARNING);
    assertThat(critical.getState()).isEqualTo(HealthState.CRITICAL);
    assertThat(critical.getFiringRules()).containsExactly("memory_high", "slow_commands");
    assertThat(critical.getSince()).isEqualTo(Instant.ofEpochSecond(30));
  }

  @Test
  void stateKeepsItsTimeWhileItLasts() {
    Health first = InstanceHealth.sampled(null, primary("a", 0, 1), Firing.NONE);
    Health second = InstanceHealth.sampled(first, primary("a", 15, 1), Firing.NONE);

    assertThat(second.getSince()).isEqualTo(Instant.EPOCH);
    assertThat(second.getUpdatedAt()).isEqualTo(Instant.ofEpochSecond(15));
  }

  @Test
  void serverThatDoesNotAnswerIsDownInTheRoleItHad() {
    Health up = InstanceHealth.sampled(null, replica("a", 0), Firing.NONE);
    Health down = InstanceHealth.sampled(up, refused("a", 15), Firing.NONE);

    assertThat(down.getState()).isEqualTo(HealthState.DOWN);
    assertThat(down.getRole()).isEqualTo(Role.REPLICA);
    assertThat(down.getReplicas()).isZero();
    assertThat(down.getReachable()).isZero();
    assertThat(down.getError()).isEqualTo("connection refused");
  }

  @Test
  void absenceMakesItSilentAndItsEndShowsTheLastPollAgain() {
    Health up = InstanceHealth.sampled(null, primary("a", 0, 1), Firing.NONE);
    Health silent = InstanceHealth.rejudged(up, SILENCE);
    Health back = InstanceHealth.rejudged(silent, Firing.NONE);

    assertThat(silent.getState()).isEqualTo(HealthState.SILENT);
    assertThat(silent.getReachable()).isZero();
    assertThat(back.getState()).isEqualTo(HealthState.HEALTHY);
    assertThat(back.getPrimaries()).isEqualTo(1);
  }

  @Test
  void refreshChangesNothingAndTheEndRemovesTheRule() {
    FiringRules firing =
        Firing.after(Firing.NONE, TestBreach.firing("memory_high", Severity.WARNING, 0));
    FiringRules refreshed =
        Firing.after(
            firing,
            TestBreach.breach(
                "memory_high", Severity.WARNING, Transition.REFRESHED, BreachKind.THRESHOLD, 0));

    assertThat(refreshed).isEqualTo(firing);
    assertThat(Firing.after(firing, TestBreach.resolved("memory_high", 15)).getRules()).isEmpty();
  }

  @Test
  void timeNeverGoesBack() {
    Health up = InstanceHealth.sampled(null, primary("a", 0, 1), Firing.NONE);
    Health silent = InstanceHealth.rejudged(up, SILENCE);
    Health back = InstanceHealth.sampled(silent, primary("a", 59, 1), Firing.NONE);

    assertThat(back.getUpdatedAt()).isEqualTo(Instant.ofEpochSecond(60));
  }

  @Test
  void figuresAloneArePublishedOncePerInterval() {
    Health first = InstanceHealth.sampled(null, primary("a", 0, 1), Firing.NONE);
    Health soon = InstanceHealth.sampled(first, primary("a", 4, 1), Firing.NONE);
    Health later = InstanceHealth.sampled(first, primary("a", 5, 1), Firing.NONE);
    Health down = InstanceHealth.sampled(first, refused("a", 1), Firing.NONE);

    assertThat(Publication.DEFAULT.isDue(null, first)).isTrue();
    assertThat(Publication.DEFAULT.isDue(first, soon)).isFalse();
    assertThat(Publication.DEFAULT.isDue(first, later)).isTrue();
    assertThat(Publication.DEFAULT.isDue(first, down)).isTrue();
  }
}
