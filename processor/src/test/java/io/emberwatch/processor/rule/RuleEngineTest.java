package io.emberwatch.processor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Tier;
import io.emberwatch.schemas.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleEngineTest {

  private final Watch watch = new Watch(Watch.memoryRule(""));

  @Test
  void firesOnlyAfterTheConditionHasHeldForItsTime() {
    assertThat(watch.see(0, 0.8)).isEmpty();
    assertThat(watch.see(59, 0.8)).isEmpty();
    assertThat(only(watch.see(60, 0.8)).getTransition()).isEqualTo(Transition.FIRING);
  }

  @Test
  void aTransitionSaysWhatWhyAndSinceWhen() {
    watch.see(0, 0.8);
    Breach breach = only(watch.see(60, 0.85));

    assertThat(breach.getSummary()).isEqualTo("85 % used, limit 70 %");
    assertThat(breach.getValue()).isEqualTo(0.85);
    assertThat(breach.getThreshold()).isEqualTo(0.7);
    assertThat(breach.getUnit()).isEqualTo("ratio");
    assertThat(breach.getStartedAt()).isEqualTo(Instant.EPOCH);
    assertThat(breach.getFiredAt()).isEqualTo(Instant.ofEpochSecond(60));
    assertThat(breach.getFingerprint())
        .isEqualTo(Fingerprint.of("memory", "fleet/group/host:6379"))
        .hasSize(32);
    assertThat(breach.getRunbookUrl()).isEqualTo("docs/rules.md#memory");
    assertThat(breach.getEvidence())
        .extracting(evidence -> evidence.getName() + " " + evidence.getText())
        .containsExactly("mem_util 85 %", "used_memory_bytes 1 MiB");
  }

  @Test
  void escalatesAndComesBackThroughTheWarning() {
    List<Breach> seen = new ArrayList<>();
    Watch another = new Watch(Watch.memoryRule("refresh: 1d"));
    double[] values = {0.8, 0.8, 0.95, 0.95, 0.85, 0.80, 0.65, 0.62};
    for (int i = 0; i < values.length; i++) {
      seen.addAll(another.see(60L * i, values[i]));
    }
    assertThat(seen)
        .extracting(Breach::getTransition)
        .containsExactly(
            Transition.FIRING, Transition.ESCALATED, Transition.DEESCALATED, Transition.RESOLVED);
    assertThat(seen).extracting(Breach::getSequence).containsExactly(1L, 2L, 3L, 4L);
    assertThat(seen).extracting(Breach::getEpisodeId).containsOnly(seen.get(0).getEpisodeId());
    assertThat(seen.get(1).getSeverity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void repeatsAtTheRefreshIntervalWhileItGoesOn() {
    watch.see(0, 0.8);
    watch.see(60, 0.8);
    assertThat(watch.see(100, 0.8)).isEmpty();
    assertThat(only(watch.see(120, 0.8)).getTransition()).isEqualTo(Transition.REFRESHED);
  }

  @Test
  void doesNotRefreshWithoutEvidence() {
    watch.see(0, 0.8);
    watch.see(60, 0.8);
    assertThat(watch.see(300, null)).isEmpty();
  }

  @Test
  void ignoresWhatIsNotNewer() {
    watch.see(60, 0.8);
    assertThat(watch.see(60, 0.1)).isEmpty();
    assertThat(watch.wasLate()).isTrue();
    watch.see(30, 0.1);
    assertThat(watch.wasLate()).isTrue();
    assertThat(watch.see(120, 0.8)).hasSize(1);
  }

  @Test
  void startsAnewAfterAGapThatNobodyWitnessed() {
    watch.see(0, 0.8);
    assertThat(watch.see(600, 0.8)).isEmpty();
    assertThat(watch.see(660, 0.8)).hasSize(1);
  }

  @Test
  void endsWhatARemovedRuleFires() {
    watch.see(0, 0.8);
    Breach firing = only(watch.see(60, 0.8));
    watch.restart(new RuleSet(List.of()));

    Breach ended = only(watch.see(75, 0.8));

    assertThat(ended.getTransition()).isEqualTo(Transition.RESOLVED);
    assertThat(ended.getEpisodeId()).isEqualTo(firing.getEpisodeId());
    assertThat(ended.getSequence()).isEqualTo(2);
    assertThat(ended.getCause()).isEqualTo(firing.getCause());
    assertThat(watch.state()).isNotNull();
    assertThat(watch.see(90, 0.8)).isEmpty();
  }

  @Test
  void endsAllThatFiresOnAScopeThatIsGivenUp() {
    RuleEngine engine = Watch.memoryRule("").engine(View.INSTANCE);
    watch.see(0, 0.8);
    watch.see(60, 0.8);
    StagedObservation last =
        new StagedObservation(View.INSTANCE, Tier.UNSPECIFIED, Duration.ofSeconds(90), Map.of());

    assertThat(only(engine.retire(watch.state(), last)).getTransition())
        .isEqualTo(Transition.RESOLVED);
    assertThat(engine.retire(null, last)).isEmpty();
  }

  @Test
  void theNextEpisodeHasAnIdentityAndEpochOfItsOwn() {
    watch.see(0, 0.8);
    Breach first = only(watch.see(60, 0.8));
    watch.see(75, 0.1);
    watch.see(90, 0.8);
    Breach second = only(watch.see(150, 0.8));

    assertThat(second.getFingerprint()).isEqualTo(first.getFingerprint());
    assertThat(second.getEpisodeId()).isNotEqualTo(first.getEpisodeId());
    assertThat(second.getDetectorEpoch()).isGreaterThan(first.getDetectorEpoch());
    assertThat(second.getSequence()).isEqualTo(1);
  }

  @Test
  void anOverrideRaisesTheLevelOfTheGroupsItMatches() {
    String override =
        """
        overrides:
          - match: {group: other}
            enabled: false
          - match: {group: group}
            above: {warning: 0.85}
        """;
    Watch lenient = new Watch(Watch.memoryRule(override));
    lenient.see(0, 0.8);
    assertThat(lenient.see(60, 0.8)).isEmpty();
    lenient.see(75, 0.87);
    assertThat(lenient.see(135, 0.87)).hasSize(1);
  }

  @Test
  void aDisablingOverrideSilencesTheRule() {
    Watch off = new Watch(Watch.memoryRule("overrides: [{match: {fleet: fleet}, enabled: false}]"));
    off.see(0, 0.99);
    assertThat(off.see(60, 0.99)).isEmpty();
  }

  @Test
  void aTimeScaleShortensEveryDuration() {
    RuleFile scaled = RuleFile.defaults().withTimeScale(0.05);
    Rule down = scaled.rules().find("instance_down").orElseThrow();
    Rule restarted = scaled.rules().find("instance_restarted").orElseThrow();

    assertThat(down.levels().longestHold()).isEqualTo(Duration.ofSeconds(3));
    assertThat(down.refresh()).isEqualTo(Duration.ofSeconds(3));
    assertThat(restarted.counts())
        .extracting(EventCount::within)
        .containsExactly(Duration.ofSeconds(15), Duration.ofMinutes(3));
  }

  private static Breach only(List<Breach> breaches) {
    assertThat(breaches).hasSize(1);
    return breaches.get(0);
  }
}
