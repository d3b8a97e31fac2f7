package io.emberwatch.processor.topology;

import static io.emberwatch.processor.group.TestSignals.primary;
import static io.emberwatch.processor.group.TestSignals.refused;
import static io.emberwatch.processor.group.TestSignals.replica;
import static io.emberwatch.processor.group.TestSignals.retired;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.Signals;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stages make of the last sample of a target that was taken out of the definitions. */
class RetirementTest {

  private static final String A = "prod/cache-1/a:6379";
  private static final String GROUP = "prod/cache-1";

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
  void retiredInstanceIsForgottenAtOnceAndNeverSilent() {
    harness.pipe(primary("a", 0, 0));
    harness.until(5);
    harness.pipe(retired("a", 5));

    assertThat(harness.groupState(GROUP)).isNull();
    harness.until(600);
    assertThat(harness.transitions("collector_stale")).isEmpty();
    Map<String, Health> latest = new HashMap<>();
    harness.healths().forEach(health -> latest.put(health.key, health.value));
    assertThat(latest).containsOnlyKeys(A, GROUP, "prod").allSatisfy((id, h) -> assertNull(h));
  }

  private static void assertNull(@Nullable Health health) {
    assertThat(health).isNull();
  }

  @Test
  void whatFiresOnARetiredInstanceEnds() {
    for (long second = 0; second <= 300; second += 15) {
      harness.until(second);
      Signals full = primary("a", second, 0);
      full.setMemUtil(0.9);
      harness.pipe(full);
    }
    assertThat(harness.transitions("memory_high")).containsExactly("FIRING CRITICAL at 300");

    harness.until(301);
    harness.pipe(retired("a", 301));

    assertThat(harness.transitions("memory_high")).containsExactly("RESOLVED CRITICAL at 301");
    assertThat(harness.ruleState(A)).isNull();
  }

  @Test
  void silenceThatIsReportedEndsWhenTheInstanceIsRetired() {
    harness.pipe(primary("a", 0, 0));
    harness.until(60);
    harness.pipe(retired("a", 60));

    assertThat(harness.transitions("collector_stale"))
        .containsExactly("FIRING WARNING at 46", "RESOLVED WARNING at 60");
  }

  @Test
  void instanceThatIsWatchedAgainAfterItsRetirementIsExpectedAgain() {
    harness.pipe(primary("a", 0, 0));
    harness.pipe(retired("a", 5));
    harness.until(20);
    harness.pipe(primary("a", 20, 0));
    harness.until(100);

    assertThat(harness.transitions("collector_stale")).containsExactly("FIRING WARNING at 66");
  }

  @Test
  void retiredPrimaryIsNotMissedByItsGroup() {
    for (long second = 0; second <= 60; second += 15) {
      harness.until(second);
      harness.pipe(primary("a", second, 1));
      harness.pipe(replica("b", second));
    }
    harness.pipe(retired("a", 61));
    for (long second = 75; second <= 600; second += 15) {
      harness.until(second);
      harness.pipe(replica("b", second));
    }

    assertThat(harness.transitions("no_primary")).isEmpty();
    assertThat(members()).isEqualTo(1);
  }

  /** The sign must not hide the fault of another member. */
  @Test
  void primaryThatIsDownIsMissedThoughAReplicaWasRetired() {
    for (long second = 0; second <= 60; second += 15) {
      harness.until(second);
      harness.pipe(primary("a", second, 1));
      harness.pipe(replica("b", second));
      harness.pipe(replica("c", second));
    }
    harness.pipe(retired("c", 61));
    for (long second = 75; second <= 300; second += 15) {
      harness.until(second);
      harness.pipe(refused("a", second));
      harness.pipe(replica("b", second));
    }

    assertThat(harness.transitions("no_primary")).isNotEmpty();
  }

  private int members() {
    return Objects.requireNonNull(harness.groupState(GROUP)).getMembers().size();
  }

  @Test
  void lateRetirementOfAMemberChangesNothing() {
    harness.pipe(primary("a", 30, 0));
    harness.pipe(replica("b", 30));
    harness.pipe(retired("b", 20));

    assertThat(members()).isEqualTo(2);
  }
}
