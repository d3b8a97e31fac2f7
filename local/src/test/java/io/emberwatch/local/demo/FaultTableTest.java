package io.emberwatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.CauseClass;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultTableTest {

  private static final Fault FAULT =
      new Fault("memory fill", "story", Set.of("memory_high"), CauseClass.MEMORY, s -> () -> {});

  private static final FaultRun GOOD = run(1, 2, 3, 4, 5);

  @Test
  void showsTheSecondsOfAGoodRun() {
    assertThat(FaultTable.print(List.of(GOOD)).lines())
        .hasSize(2)
        .last()
        .asString()
        .containsSubsequence("memory fill", "memory", "1.0 s", "2.0 s", "3.0 s", "4.0 s", "ok");
  }

  @Test
  void saysWhatDidNotHappen() {
    FaultRun silent = new FaultRun(FAULT, null, null, null, null, null);

    assertThat(FaultTable.print(List.of(GOOD, silent)).lines())
        .last()
        .asString()
        .contains("FAILED: no breach of memory_high");
  }

  @Test
  void namesTheFirstStepThatIsMissing() {
    Duration second = Duration.ofSeconds(1);
    assertThat(GOOD.failure()).isEmpty();
    assertThat(new FaultRun(FAULT, second, null, null, null, null).failure())
        .contains("no incident of class MEMORY");
    assertThat(new FaultRun(FAULT, second, second, null, null, null).failure())
        .contains("no notification");
    assertThat(new FaultRun(FAULT, second, second, second, null, null).failure())
        .contains("not resolved");
    assertThat(new FaultRun(FAULT, second, second, second, second, null).failure())
        .contains("no notification of the end");
  }

  @Test
  void everyFaultOfTheDemoHasItsOwnName() {
    assertThat(Faults.all()).hasSize(6).extracting(Fault::name).doesNotHaveDuplicates();
  }

  private static FaultRun run(int breach, int incident, int notified, int resolved, int told) {
    return new FaultRun(
        FAULT,
        Duration.ofSeconds(breach),
        Duration.ofSeconds(incident),
        Duration.ofSeconds(notified),
        Duration.ofSeconds(resolved),
        Duration.ofSeconds(told));
  }
}
