package io.emberwatch.collector.schedule;

import static io.emberwatch.collector.schedule.Answers.PRIMARY;
import static io.emberwatch.collector.schedule.Answers.info;
import static io.emberwatch.collector.schedule.Answers.pong;
import static io.emberwatch.collector.schedule.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Failed;
import io.emberwatch.collector.connect.ProbeOutcome.TimedOut;
import io.emberwatch.collector.info.InfoReply;
import io.emberwatch.schemas.TargetState;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class VerdictTest {

  private static Verdict of(ProbeOutcome<byte[]> ping, ProbeOutcome<InfoReply> info) {
    return Verdict.of(ping, info);
  }

  @Test
  void isUpWithoutAnErrorWhenInfoAnswers() {
    assertThat(of(pong(), info(PRIMARY))).isEqualTo(new Verdict(TargetState.UP, Optional.empty()));
  }

  @Test
  void isLoadingWhenInfoSaysSoThoughPingIsRefused() {
    Verdict verdict =
        of(
            refused("LOADING Redis is loading the dataset in memory"),
            info(PRIMARY + "# Persistence\r\nloading:1\r\n"));
    assertThat(verdict.state()).isEqualTo(TargetState.LOADING);
  }

  @Test
  void believesPingOfAReplicaThatRefusesStaleReads() {
    Verdict verdict = of(refused("MASTERDOWN Link with MASTER is down"), info(PRIMARY));
    assertThat(verdict.state()).isEqualTo(TargetState.MASTER_DOWN);
    assertThat(verdict.error()).contains("MASTERDOWN Link with MASTER is down");
  }

  @Test
  void staysUpForAUserWhoMayNotPing() {
    assertThat(of(refused("NOPERM no ping"), info(PRIMARY)).state()).isEqualTo(TargetState.UP);
  }

  @Test
  void isAProtocolErrorWhenTheAnswerIsNotInfo() {
    assertThat(of(pong(), info("hello:1")).state()).isEqualTo(TargetState.PROTOCOL_ERROR);
  }

  @ParameterizedTest
  @CsvSource({
    "LOADING, LOADING",
    "BUSY, BUSY",
    "MASTERDOWN, MASTER_DOWN",
    "NOAUTH, AUTH_FAILED",
    "NOPERM, AUTH_FAILED",
    "WRONGPASS, AUTH_FAILED",
    "ERR, PROTOCOL_ERROR"
  })
  void readsTheRefusalOfInfo(String code, TargetState state) {
    Verdict verdict = of(pong(), refused(code + " because"));
    assertThat(verdict).isEqualTo(new Verdict(state, Optional.of(code + " because")));
  }

  @Test
  void timesOutWithoutAnAnswer() {
    assertThat(of(pong(), new TimedOut<>()).state()).isEqualTo(TargetState.TIMED_OUT);
    assertThat(of(new TimedOut<>(), new TimedOut<>()).error()).isPresent();
  }

  @Test
  void tellsWhatBrokeTheConnectionFirst() {
    Verdict verdict =
        of(
            new Failed<>(TargetState.PROTOCOL_ERROR, "no Redis"),
            new Failed<>(TargetState.UNREACHABLE, "connection closed"));
    assertThat(verdict).isEqualTo(new Verdict(TargetState.PROTOCOL_ERROR, Optional.of("no Redis")));
  }

  @ParameterizedTest
  @EnumSource(TargetState.class)
  void keepsOnlyConnectionsOnWhichRedisAnswers(TargetState state) {
    boolean answers =
        switch (state) {
          case UP, LOADING, BUSY, MASTER_DOWN -> true;
          case UNREACHABLE, TIMED_OUT, AUTH_FAILED, TLS_FAILED, PROTOCOL_ERROR, RETIRED, UNKNOWN ->
              false;
        };
    assertThat(new Verdict(state, Optional.empty()).keepsConnection()).isEqualTo(answers);
  }
}
