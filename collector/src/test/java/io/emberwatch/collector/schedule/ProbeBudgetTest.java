package io.emberwatch.collector.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emberwatch.schemas.CommandStats;
import io.emberwatch.schemas.ProbeCost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProbeBudgetTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final double BUDGET = 0.02;

  private final ProbeBudget budget = new ProbeBudget(BUDGET);
  private Instant now = NOW;
  private long calls;
  private long usec;

  @Test
  void chargesOurCommandsAtTheServersMeanWhoeverSentTheOthers() {
    budget.look(Map.of("info", 10L), List.of(stats("info", 100, 10_000)), NOW);
    ProbeCost cost =
        budget
            .look(Map.of("info", 14L), List.of(stats("info", 200, 50_000)), NOW.plusSeconds(1))
            .orElseThrow();
    // Four of ours at (50000 - 10000) / 100 us each, in a second.
    assertThat(cost.getServerShare()).isCloseTo(0.0016, within(1e-9));
    assertThat(cost.getStretch()).isEqualTo(1);
  }

  @Test
  void findsASubcommandUnderItsContainerOnOldServers() {
    budget.look(Map.of(), List.of(stats("slowlog", 0, 0)), NOW);
    double share =
        budget
            .look(Map.of("slowlog|get", 2L), List.of(stats("slowlog", 2, 1000)), NOW.plusSeconds(1))
            .orElseThrow()
            .getServerShare();
    assertThat(share).isCloseTo(0.001, within(1e-9));
  }

  @Test
  void beginsAnewWhenTheServersCountersFell() {
    budget.look(Map.of("info", 10L), List.of(stats("info", 100, 90_000)), NOW);
    double share =
        budget
            .look(Map.of("info", 20L), List.of(stats("info", 10, 1_000)), NOW.plusSeconds(1))
            .orElseThrow()
            .getServerShare();
    assertThat(share).isCloseTo(0.001, within(1e-9));
  }

  @Test
  void stretchesWhileTheBudgetIsExceededAndRelaxesBelowHalfOfIt() {
    assertThat(look(0)).isEqualTo(1);
    assertThat(look(BUDGET * 3)).isEqualTo(3);
    assertThat(budget.stretched(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(3));
    assertThat(look(BUDGET * 0.8)).as("neither above nor far below").isEqualTo(3);
    assertThat(look(BUDGET * 1.1)).isEqualTo(6);
    assertThat(look(BUDGET * 0.4)).isEqualTo(3);
    assertThat(look(BUDGET * 0.4)).isEqualTo(1.5);
    assertThat(look(BUDGET * 0.4)).isEqualTo(1);
    assertThat(look(BUDGET * 1000)).isEqualTo(ProbeBudget.MAX_STRETCH);
  }

  @Test
  void comparesNothingOverTwoConnections() {
    look(0);
    budget.reconnected();
    assertThat(budget.look(Map.of("info", 1L), List.of(), now.plusSeconds(1))).isEmpty();
  }

  /** One command of ours a second that takes this share of it. */
  private double look(double share) {
    calls++;
    usec += Math.round(share * 1e6);
    now = now.plusSeconds(1);
    return budget
        .look(Map.of("info", calls), List.of(stats("info", calls, usec)), now)
        .map(ProbeCost::getStretch)
        .orElse(1.0);
  }

  private static CommandStats stats(String command, long calls, long usec) {
    CommandStats stats = new CommandStats();
    stats.setCommand(command);
    stats.setCalls(calls);
    stats.setUsec(usec);
    return stats;
  }
}
