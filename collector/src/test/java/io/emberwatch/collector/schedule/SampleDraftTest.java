package io.emberwatch.collector.schedule;

import static io.emberwatch.collector.schedule.Answers.PRIMARY;
import static io.emberwatch.collector.schedule.Answers.info;
import static io.emberwatch.collector.schedule.Answers.pong;
import static io.emberwatch.collector.schedule.Answers.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.probe.SlowlogProbe;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.NotificationCounters;
import io.emberwatch.schemas.RefusedProbe;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Slowlog;
import io.emberwatch.schemas.TargetState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SampleDraftTest {

  private static final Target TARGET = Target.of("prod", "orders", "10.0.0.1", 6379);
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final Verdict UP = new Verdict(TargetState.UP, Optional.empty());
  private static final Verdict DEAD =
      new Verdict(TargetState.UNREACHABLE, Optional.of("Connection refused"));

  private final ServerFacts facts = new ServerFacts();
  private final SlowlogProbe slowlog = new SlowlogProbe(TARGET, "c1");
  private final SampleDraft draft = new SampleDraft(TARGET, "c1", facts, NotificationSource.NONE);

  private InstanceSample sample(PollAnswers answers) {
    return draft.finished(NOW, UP, answers, false, slowlog).sample();
  }

  private static ProbeOutcome<List<Object>> log(int newest, int count) {
    List<Object> entries =
        IntStream.range(0, count).mapToObj(i -> entry(newest - i)).map(Object.class::cast).toList();
    return new Answered<>(entries, 300);
  }

  private static List<Object> entry(long id) {
    return List.of(id, 1_700_000_000L, 20_000L, List.of("KEYS".getBytes(UTF_8)));
  }

  @Test
  void fillsTheHeadOfAFailedSampleAndNoSection() {
    draft.countConnect();
    InstanceSample sample = draft.failed(NOW, DEAD).sample();
    assertThat(sample.getInstanceId()).isEqualTo("prod/orders/10.0.0.1:6379");
    assertThat(sample.getCollectorId()).isEqualTo("c1");
    assertThat(sample.getSampledAt()).isEqualTo(NOW);
    assertThat(sample.getPollIntervalMillis()).isEqualTo(15_000);
    assertThat(sample.getState()).isEqualTo(TargetState.UNREACHABLE);
    assertThat(sample.getError()).isEqualTo("Connection refused");
    assertThat(sample.getRole()).isEqualTo(Role.UNKNOWN);
    assertThat(sample.getCollectorConnects()).isEqualTo(1);
    assertThat(sample.getServer()).isNull();
    assertThat(sample.getProbeLatencyUsec()).isEmpty();
  }

  @Test
  void numbersSamplesWithoutAGapWhateverTheyAre() {
    List<Long> sequences =
        List.of(
            draft.failed(NOW, DEAD).sample().getSequence(),
            sample(Answers.fast(pong(), info(PRIMARY))).getSequence(),
            draft.failed(NOW, DEAD).sample().getSequence());
    assertThat(sequences).containsExactly(1L, 2L, 3L);
  }

  @Test
  void remembersWhatTheServerWasWhileItIsDead() {
    InstanceSample alive = sample(Answers.fast(pong(), info(PRIMARY)));
    assertThat(alive.getRole()).isEqualTo(Role.PRIMARY);
    assertThat(alive.getProbeLatencyUsec()).containsEntry("ping", 100L).containsEntry("info", 200L);
    InstanceSample dead = draft.failed(NOW, DEAD).sample();
    assertThat(dead.getEngine()).isEqualTo(Engine.REDIS);
    assertThat(dead.getVersion()).isEqualTo("7.0.15");
    assertThat(dead.getRole()).isEqualTo(Role.UNKNOWN);
  }

  @Test
  void showsARefusalUntilTheProbeSucceeds() {
    PollAnswers fast = Answers.fast(pong(), info(PRIMARY));
    InstanceSample denied = sample(Answers.withSlowlog(fast, refused("NOPERM no slowlog")));
    assertThat(denied.getRefusedProbes()).containsExactly(new RefusedProbe("slowlog", "NOPERM"));
    assertThat(denied.getProbeLatencyUsec()).doesNotContainKey("slowlog");
    assertThat(sample(fast).getRefusedProbes()).as("not asked this time").hasSize(1);
    assertThat(sample(Answers.withSlowlog(fast, log(3, 2))).getRefusedProbes()).isEmpty();
  }

  @Test
  void givesSlowCommandsAfterTheFirstLookAndNewOnesAfterARestart() {
    PollAnswers fast = Answers.fast(pong(), info(PRIMARY));
    assertThat(records(Answers.withSlowlog(fast, log(7, 3)))).isEmpty();
    assertThat(records(Answers.withSlowlog(fast, log(9, 5))))
        .extracting(Slowlog::getEntryId)
        .containsExactly(8L, 9L);
    PollAnswers other = Answers.fast(pong(), info(PRIMARY.replace("run_id:a", "run_id:b")));
    assertThat(records(Answers.withSlowlog(other, log(20, 21))))
        .extracting(Slowlog::getRunId)
        .hasSize(21)
        .containsOnly("b");
  }

  @Test
  void addsTheFiguresOfASubscription() {
    NotificationSource subscribed =
        id -> Optional.of(new NotificationCounters(NOW, 5L, 2L, 1L, null));
    SampleDraft listening = new SampleDraft(TARGET, "c1", facts, subscribed);
    listening.notifyKeyspaceEvents("AKE");
    InstanceSample sample = listening.failed(NOW, DEAD).sample();
    assertThat(sample.getNotifications())
        .isEqualTo(new NotificationCounters(NOW, 5L, 2L, 1L, "AKE"));
  }

  private List<Slowlog> records(PollAnswers answers) {
    return draft.finished(NOW, UP, answers, false, slowlog).slowlog();
  }
}
