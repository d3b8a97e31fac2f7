package io.emberwatch.processor.signal;

import static io.emberwatch.processor.fixture.TestSample.poll;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.ErrorStats;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 15 s lie between two polls. */
class ErrorSignalsTest {

  @Test
  void errRateLeavesOutMovedAndAsk() {
    Signals signals =
        SignalRun.of(
            errors(poll(0), 1_000, 10, error("MOVED", 5)),
            errors(poll(1), 2_000, 80, error("MOVED", 55), error("ASK", 10), error("ERR", 10)));
    // 70 replies, 50 MOVED and 10 ASK among them, of 1,000 commands.
    assertThat(signals.getErrRate()).isEqualTo(0.01);
  }

  @Test
  void errRateIsNullBelowAHundredCommands() {
    assertThat(SignalRun.of(errors(poll(0), 0, 0), errors(poll(1), 99, 50)).getErrRate()).isNull();
    assertThat(SignalRun.of(errors(poll(0), 0, 0), errors(poll(1), 100, 50)).getErrRate())
        .isEqualTo(0.5);
  }

  @Test
  void errRateNeverPassesOne() {
    assertThat(SignalRun.of(errors(poll(0), 0, 0), errors(poll(1), 100, 300)).getErrRate())
        .isEqualTo(1.0);
  }

  @Test
  void prefixesThatMatterHaveRatesOfTheirOwn() {
    Signals signals =
        SignalRun.of(
            errors(poll(0), 0, 0),
            errors(poll(1), 500, 90, error("OOM", 60), error("MISCONF", 30)));
    assertThat(signals.getOomErrorRate()).isEqualTo(4.0);
    assertThat(signals.getMisconfErrorRate()).isEqualTo(2.0);
  }

  @Test
  void errorstatsMayComeLessOftenThanThePolls() {
    Signals signals =
        SignalRun.of(
            errors(poll(0), 0, 0),
            poll(1, ErrorSignalsTest::noErrors),
            errors(poll(2), 600, 60, error("OOM", 60)));
    // 30 s lie between the two that have them.
    assertThat(signals.getOomErrorRate()).isEqualTo(2.0);
    assertThat(signals.getErrRate()).isEqualTo(0.1);
  }

  @Test
  void givenUpErrorstatsAreUnknown() {
    Signals signals =
        SignalRun.of(
            errors(poll(0), 0, 0), errors(poll(1), 500, 50, error("ERRORSTATS_DISABLED", 1)));
    assertThat(signals.getErrRate()).isNull();
    assertThat(signals.getOomErrorRate()).isNull();
  }

  @Test
  void serversBeforeErrorstatsHaveNone() {
    Signals signals = SignalRun.of(poll(0), poll(1));
    assertThat(signals.getErrRate()).isNull();
    assertThat(signals.getOomErrorRate()).isNull();
  }

  private static void noErrors(InstanceSample sample) {
    sample.getStats().setTotalCommandsProcessed(300L);
    sample.getStats().setTotalErrorReplies(0L);
  }

  private static InstanceSample errors(
      InstanceSample sample, long commands, long replies, ErrorStats... errors) {
    sample.getStats().setTotalCommandsProcessed(commands);
    sample.getStats().setTotalErrorReplies(replies);
    sample.setErrors(List.of(errors));
    return sample;
  }

  private static ErrorStats error(String prefix, long count) {
    return new ErrorStats(prefix, count);
  }
}
