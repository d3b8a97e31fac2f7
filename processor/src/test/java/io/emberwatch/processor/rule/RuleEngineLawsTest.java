package io.emberwatch.processor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/** Laws of a rule that warns above 0.7 and is critical above 0.9, for a minute, clear at 90 %. */
class RuleEngineLawsTest {

  private static final RuleSet RULES = Watch.memoryRule("clear: {for: 30s}");
  private static final RuleSet STEADY = Watch.memoryRule("refresh: 1d");

  /** Up to ten minutes of samples every 15 s; about one in ten is not known. */
  @Provide
  Arbitrary<List<Double>> histories() {
    return Arbitraries.doubles().between(0, 1).injectNull(0.1).list().ofMinSize(1).ofMaxSize(40);
  }

  @Property(tries = 300)
  void transitionsAlternateAndAreNumberedUpwards(@ForAll("histories") List<Double> history) {
    boolean firing = false;
    long epoch = -1;
    long sequence = 0;
    for (Breach breach : run(new Watch(RULES), history, 0)) {
      assertThat(breach.getTransition() == Transition.FIRING).isEqualTo(!firing);
      firing = breach.getTransition() != Transition.RESOLVED;
      boolean newer =
          breach.getDetectorEpoch() > epoch
              || (breach.getDetectorEpoch() == epoch && breach.getSequence() == sequence + 1);
      assertThat(newer).isTrue();
      epoch = breach.getDetectorEpoch();
      sequence = breach.getSequence();
    }
  }

  @Property(tries = 300)
  void firesOnlyAfterItsTimeAndNeverInsideABreak(@ForAll("histories") List<Double> history) {
    for (Breach breach : run(new Watch(RULES), history, 0)) {
      if (breach.getTransition() == Transition.FIRING) {
        Duration held = Duration.between(breach.getStartedAt(), breach.getFiredAt());
        assertThat(held).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        int from = (int) (breach.getStartedAt().getEpochSecond() / 15);
        int to = (int) (breach.getFiredAt().getEpochSecond() / 15);
        assertThat(history.subList(from, to + 1)).allMatch(v -> v == null || v > 0.7);
      }
    }
  }

  @Property(tries = 200)
  void neverFlapsInsideTheHysteresisBand(
      @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = 0.64, max = 0.89) Double> band) {
    Watch watch = new Watch(STEADY);
    watch.see(0, 0.8);
    assertThat(watch.see(60, 0.8)).hasSize(1);
    assertThat(run(watch, band, 75)).isEmpty();
  }

  @Property(tries = 200)
  void anUnknownValueChangesNothingButTheTime(@ForAll("histories") List<Double> history) {
    Watch watch = new Watch(RULES);
    run(watch, history, 0);
    RuleStates before = Objects.requireNonNull(watch.state());

    assertThat(watch.see(15L * history.size(), null)).isEmpty();

    assertThat(Objects.requireNonNull(watch.state()).getRules()).isEqualTo(before.getRules());
  }

  @Property(tries = 100)
  void aReplayEqualsTheLiveRun(@ForAll("histories") List<Double> history) {
    assertThat(run(new Watch(RULES), history, 0)).isEqualTo(run(new Watch(RULES), history, 0));
  }

  @Property(tries = 100)
  void samplesDeliveredTwiceChangeNothing(@ForAll("histories") List<Double> history) {
    List<Breach> once = run(new Watch(RULES), history, 0);
    Watch watch = new Watch(RULES);
    List<Breach> twice = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      twice.addAll(watch.see(15L * i, history.get(i)));
      twice.addAll(watch.see(15L * i, history.get(i)));
    }
    assertThat(twice).isEqualTo(once);
  }

  private static List<Breach> run(Watch watch, List<Double> history, long startSeconds) {
    List<Breach> breaches = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      breaches.addAll(watch.see(startSeconds + 15L * i, history.get(i)));
    }
    return breaches;
  }
}
