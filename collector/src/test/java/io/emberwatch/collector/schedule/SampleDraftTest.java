package io.emberwatch.collector.schedule;

import static io.emberwatch.collector.schedule.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.probe.Emission;
import io.emberwatch.collector.probe.Finding;
import io.emberwatch.collector.probe.Probe;
import io.emberwatch.collector.probe.ServerFacts;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.ConfigFacts;
import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.NotificationCounters;
import io.emberwatch.schemas.RefusedProbe;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Slowlog;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SampleDraftTest {

  private static final Target TARGET = Target.of("prod", "orders", "10.0.0.1", 6379);
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final Verdict DEAD =
      new Verdict(TargetState.UNREACHABLE, Optional.of("Connection refused"));

  private final ServerFacts server = new ServerFacts();
  private final Probe probe = Answers.probe("slowlog", Duration.ZERO);
  private final SampleDraft draft = new SampleDraft(TARGET, "c1", server, NotificationSource.NONE);

  private InstanceSample sample(Ended... probes) {
    CoreOutcome core = Answers.primary();
    core.info().answer().ifPresent(server::learn);
    return draft.finished(NOW, core, List.of(probes)).sample();
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
            sample().getSequence(),
            draft.failed(NOW, DEAD).sample().getSequence());
    assertThat(sequences).containsExactly(1L, 2L, 3L);
  }

  @Test
  void remembersWhatTheServerWasWhileItIsDead() {
    InstanceSample alive = sample();
    assertThat(alive.getRole()).isEqualTo(Role.PRIMARY);
    assertThat(alive.getPingUsec()).isEqualTo(100);
    assertThat(alive.getInfoUsec()).isEqualTo(200);
    InstanceSample dead = draft.failed(NOW, DEAD).sample();
    assertThat(dead.getEngine()).isEqualTo(Engine.REDIS);
    assertThat(dead.getVersion()).isEqualTo("7.0.15");
    assertThat(dead.getRole()).isEqualTo(Role.UNKNOWN);
  }

  @Test
  void showsARefusalUntilTheProbeSucceeds() {
    InstanceSample denied = sample(new Ended(probe, refused("NOPERM no slowlog")));
    assertThat(denied.getRefusedProbes()).containsExactly(new RefusedProbe("slowlog", "NOPERM"));
    assertThat(denied.getProbeLatencyUsec()).doesNotContainKey("slowlog");
    assertThat(sample().getRefusedProbes()).as("not asked this time").hasSize(1);
    assertThat(sample(found(poll -> {})).getRefusedProbes()).isEmpty();
  }

  @Test
  void takesABusyMomentForNoRefusal() {
    assertThat(sample(new Ended(probe, refused("LOADING soon"))).getRefusedProbes()).isEmpty();
  }

  @Test
  void addsFindingsInTheirOrder() {
    PollResult result =
        draft.finished(
            NOW,
            Answers.primary(),
            List.of(
                found(poll -> poll.sample().setError("first")),
                found(poll -> poll.emit(Topics.SLOWLOG, new Slowlog()))));
    assertThat(result.sample().getError()).isEqualTo("first");
    assertThat(result.emissions()).containsExactly(new Emission<>(Topics.SLOWLOG, new Slowlog()));
  }

  @Test
  void givesTheSampleWithoutAFindingThatCannotBeRead() {
    InstanceSample sample =
        sample(
            found(
                poll -> {
                  throw new IllegalStateException("a fault of ours");
                }));
    assertThat(sample.getRole()).isEqualTo(Role.PRIMARY);
    assertThat(sample.getRefusedProbes())
        .containsExactly(new RefusedProbe("slowlog", "UNREADABLE"));
  }

  @Test
  void addsTheFiguresOfASubscription() {
    NotificationSource subscribed =
        id -> Optional.of(new NotificationCounters(NOW, 5L, 2L, 1L, null));
    SampleDraft listening = new SampleDraft(TARGET, "c1", server, subscribed);
    server.learn(new ConfigFacts(), Optional.of("AKE"));
    InstanceSample sample = listening.failed(NOW, DEAD).sample();
    assertThat(sample.getNotifications())
        .isEqualTo(new NotificationCounters(NOW, 5L, 2L, 1L, "AKE"));
  }

  private Ended found(Finding finding) {
    return new Ended(probe, new Answered<>(finding, 300));
  }
}
