package io.emberwatch.processor.topology;

import static io.emberwatch.processor.group.TestSignals.primary;
import static io.emberwatch.processor.group.TestSignals.refused;
import static io.emberwatch.processor.group.TestSignals.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.Signals;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthStageTest {

  private static final String A = "prod/cache-1/a:6379";
  private static final String GROUP = "prod/cache-1";
  private static final String FLEET = "prod";

  @TempDir private Path state;
  private SignalsHarness harness;

  @BeforeEach
  void open() {
    harness = new SignalsHarness(Instant.EPOCH, state);
  }

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void everyScopeHasItsHealth() {
    feed(0, primary("a", 0, 1), replica("b", 0));
    harness.until(10);

    assertThat(states())
        .containsExactly(
            A + " HEALTHY 1/1",
            "prod/cache-1/b:6379 HEALTHY 1/1",
            GROUP + " HEALTHY 2/2",
            FLEET + " HEALTHY 2/2");
  }

  @Test
  void deadPrimaryTakesItsGroupDownAndARestartBringsItBack() {
    feed(0, primary("a", 0, 1), replica("b", 0));
    harness.until(14);
    harness.healths();

    feed(15, refused("a", 15));
    harness.until(20);
    assertThat(states())
        .containsExactly(A + " DOWN 0/1", GROUP + " DOWN 1/2", FLEET + " CRITICAL 1/2");

    feed(30, primary("a", 30, 1));
    harness.until(35);
    assertThat(states())
        .containsExactly(A + " HEALTHY 1/1", GROUP + " HEALTHY 2/2", FLEET + " HEALTHY 2/2");
  }

  @Test
  void silentInstanceIsSilentUntilItReturns() {
    feed(0, primary("a", 0, 0));
    harness.until(40);
    harness.healths();

    harness.until(50);
    assertThat(states())
        .containsExactly(A + " SILENT 0/1", GROUP + " SILENT 0/1", FLEET + " SILENT 0/1");

    feed(50, primary("a", 50, 0));
    harness.until(60);
    assertThat(states())
        .containsExactly(A + " HEALTHY 1/1", GROUP + " HEALTHY 1/1", FLEET + " HEALTHY 1/1");
  }

  @Test
  void ruleOfTheGroupIsItsState() {
    for (long second = 0; second <= 120; second += 15) {
      feed(second, primary("a", second, 0), primary("b", second, 0));
    }
    harness.until(130);

    assertThat(states()).contains(GROUP + " CRITICAL 2/2", FLEET + " CRITICAL 2/2");
  }

  @Test
  void samplesThatSayNothingNewAreNotPublishedAtOnce() {
    feed(0, primary("a", 0, 0));
    harness.until(1);
    harness.healths();

    feed(2, primary("a", 2, 0));
    feed(4, primary("a", 4, 0));
    assertThat(harness.healths()).isEmpty();
  }

  private void feed(long second, Signals... samples) {
    harness.until(second);
    for (Signals signals : samples) {
      harness.pipe(signals);
    }
  }

  private List<String> states() {
    return harness.healths().stream()
        .map(
            health ->
                "%s %s %d/%d"
                    .formatted(
                        health.key,
                        health.value.getState(),
                        health.value.getReachable(),
                        health.value.getInstances()))
        .toList();
  }
}
