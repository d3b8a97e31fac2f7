package io.emberwatch.alerter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import io.emberwatch.schemas.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetHealthTest {

  private final FleetHealth fleet = new FleetHealth(3);

  @Test
  void keepsAsManyScopesAsHaveRoomAndCountsTheRest() {
    for (int i = 0; i < 10; i++) {
      fleet.put("prod/" + i, health("prod/" + i, HealthState.HEALTHY));
    }

    assertThat(fleet.all()).hasSize(3);
    assertThat(fleet.leftOut()).isEqualTo(7);
  }

  @Test
  void updatesAKnownScopeEvenWhenFull() {
    for (int i = 0; i < 3; i++) {
      fleet.put("prod/" + i, health("prod/" + i, HealthState.HEALTHY));
    }
    fleet.put("prod/1", health("prod/1", HealthState.DOWN));

    assertThat(fleet.find("prod/1")).get().extracting(Health::getState).isEqualTo(HealthState.DOWN);
    assertThat(fleet.leftOut()).isZero();
  }

  @Test
  void makesRoomWhenAScopeIsGone() {
    for (int i = 0; i < 3; i++) {
      fleet.put("prod/" + i, health("prod/" + i, HealthState.HEALTHY));
    }
    fleet.put("prod/0", null);
    fleet.put("prod/9", health("prod/9", HealthState.HEALTHY));

    assertThat(fleet.find("prod/0")).isEmpty();
    assertThat(fleet.find("prod/9")).isPresent();
  }

  static Health health(String scopeId, HealthState state) {
    return Health.newBuilder()
        .setScopeId(scopeId)
        .setScope(Scope.GROUP)
        .setFleet("prod")
        .setLabels(Map.of())
        .setState(state)
        .setSince(Instant.EPOCH)
        .setUpdatedAt(Instant.EPOCH)
        .setFiringRules(List.of())
        .setInstances(1)
        .setReachable(1)
        .setPrimaries(1)
        .setReplicas(0)
        .build();
  }
}
