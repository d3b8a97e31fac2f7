package io.emberwatch.collector.schedule;

import static io.emberwatch.collector.schedule.Answers.info;
import static io.emberwatch.collector.schedule.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.TimedOut;
import io.emberwatch.collector.probe.Probe;
import io.emberwatch.collector.probe.ServerFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProbeScheduleTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final ProbeOutcome<String> ANSWER = new Answered<>("yes", 1);

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final Probe often = Answers.probe("often", Duration.ZERO);
  private final Probe seldom = Answers.probe("seldom", Duration.ofMinutes(1));
  private final ProbeBudget budget = new ProbeBudget(0.02);
  private final ProbeSchedule schedule = schedule(Map.of());
  private final ServerFacts redis7 = server("7.0.15");

  @Test
  void beginsWithEverythingThatTheServerHas() {
    assertThat(schedule.due(redis7, NOW)).containsExactly(often, seldom);
    assertThat(schedule.due(server("6.2.1"), NOW)).isEmpty();
  }

  @Test
  void looksAgainEarlyOnceAndThenOnTheCadence() {
    answered(ANSWER, NOW);
    assertThat(schedule.due(redis7, NOW.plusSeconds(29))).containsExactly(often);
    Instant second = NOW.plusSeconds(60);
    assertThat(schedule.due(redis7, second)).containsExactly(often, seldom);
    answered(ANSWER, second);
    assertThat(schedule.due(redis7, second.plusSeconds(59))).containsExactly(often);
    assertThat(schedule.due(redis7, second.plusMillis(59_600))).containsExactly(often, seldom);
  }

  @Test
  void asksARefusedProbeRarelyUntilTheNextConnection() {
    answered(refused("NOPERM no"), NOW);
    assertThat(schedule.due(redis7, NOW.plus(Duration.ofMinutes(9)))).isEmpty();
    assertThat(schedule.due(redis7, NOW.plus(ProbeSchedule.REFUSED_CADENCE))).hasSize(2);
    schedule.reset(NOW, Duration.ZERO);
    assertThat(schedule.due(redis7, NOW)).hasSize(2);
  }

  @Test
  void spreadsTheFirstLooksOfSlowProbesWhereManyConnectTogether() {
    schedule.reset(NOW, Duration.ofSeconds(50));
    assertThat(schedule.due(redis7, NOW)).containsExactly(often);
    assertThat(schedule.due(redis7, NOW.plusSeconds(50))).containsExactly(often, seldom);
    answered(ANSWER, NOW.plusSeconds(50));
    assertThat(schedule.due(redis7, NOW.plusSeconds(109))).containsExactly(often);
    assertThat(schedule.due(redis7, NOW.plusSeconds(110))).containsExactly(often, seldom);
  }

  @Test
  void putsOffNoFurtherWhatWaitsAlready() {
    Duration spread = Duration.ofSeconds(50);
    schedule.reset(NOW, spread);
    schedule.reset(NOW.plusSeconds(30), spread);
    assertThat(schedule.due(redis7, NOW.plusSeconds(50))).containsExactly(often, seldom);
    answered(ANSWER, NOW.plusSeconds(50));
    schedule.reset(NOW.plusSeconds(51), spread);
    assertThat(schedule.due(redis7, NOW.plusSeconds(51))).containsExactly(often);
    assertThat(schedule.due(redis7, NOW.plusSeconds(101))).containsExactly(often, seldom);
  }

  @Test
  void asksAgainAtOnceWhatWasNotAnsweredOrCouldNotBe() {
    answered(new TimedOut<>(), NOW);
    assertThat(schedule.due(redis7, NOW)).hasSize(2);
    answered(refused("LOADING soon"), NOW);
    assertThat(schedule.due(redis7, NOW)).hasSize(2);
  }

  @Test
  void asksOnTheCadenceThatWasChosen() {
    ProbeSchedule chosen =
        schedule(
            Map.of(
                "often", new ProbeCadence(Optional.empty(), true),
                "seldom", new ProbeCadence(Optional.of(Duration.ofHours(1)), false)));
    assertThat(chosen.due(redis7, NOW)).containsExactly(seldom);
    chosen.ended(seldom, ANSWER, NOW);
    assertThat(chosen.due(redis7, NOW.plus(Duration.ofMinutes(29)))).isEmpty();
    assertThat(chosen.due(redis7, NOW.plus(Duration.ofHours(1)))).containsExactly(seldom);
  }

  private ProbeSchedule schedule(Map<String, ProbeCadence> cadences) {
    return new ProbeSchedule("prod/a/b:1", INTERVAL, List.of(often, seldom), budget, cadences);
  }

  private void answered(ProbeOutcome<String> outcome, Instant now) {
    schedule.ended(often, outcome, now);
    schedule.ended(seldom, outcome, now);
  }

  private static ServerFacts server(String version) {
    ServerFacts facts = new ServerFacts();
    facts.learn(info("redis_version:" + version + "\r\n").answer().orElseThrow());
    return facts;
  }
}
