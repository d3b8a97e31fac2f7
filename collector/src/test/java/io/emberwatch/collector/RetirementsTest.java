package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.emberwatch.collector.target.Definitions;
import io.emberwatch.collector.target.Retirement;
import io.emberwatch.collector.target.Target;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.TargetState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetirementsTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final Target A = Target.of("f", "g", "a", 6379);
  private static final Target B = Target.of("f", "g", "b", 6379);
  private static final Target FOUND = Target.of("f", "c-1", "n", 7000);

  private final List<InstanceSample> samples = new ArrayList<>();
  private final Retirements retirements =
      new Retirements(
          "c1", samples::add, new SimpleMeterRegistry(), Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void aTargetThatWasTakenOutHasALastSample() {
    polling(A, B);

    retirements.retire(List.of(new Retirement(A.instanceId(), Optional.empty())));
    polling(B);

    assertThat(samples)
        .extracting(
            InstanceSample::getInstanceId, InstanceSample::getState, InstanceSample::getSampledAt)
        .containsExactly(tuple("f/g/a:6379", TargetState.RETIRED, NOW));
  }

  @Test
  void aTargetThatAnotherCollectorPollsFromNowOnHasNone() {
    polling(A, B);
    polling(B);

    assertThat(samples).isEmpty();
  }

  @Test
  void aTargetThatIsDefinedAgainIsNotTakenOut() {
    polling(A);
    retirements.retire(List.of(new Retirement(A.instanceId(), Optional.empty())));
    polling(A);
    polling();

    assertThat(samples).isEmpty();
  }

  /** The time of then: should it be polled by now, its polls are newer. */
  @Test
  void whatWasTakenOutBeforeIsToldWithTheTimeOfThen() {
    retirements.retire(
        List.of(
            new Retirement("f/g/[::1]:6379", Optional.of(NOW.minus(Duration.ofHours(1)))),
            new Retirement("f/g/b:6379", Optional.of(NOW.minusSeconds(1))),
            new Retirement("f/g/old:6379", Optional.of(NOW.minus(Duration.ofDays(2)))),
            new Retirement("f/c", Optional.of(NOW.minusSeconds(1)))));

    assertThat(samples)
        .extracting(InstanceSample::getInstanceId, InstanceSample::getSampledAt)
        .containsExactly(
            tuple("f/g/[::1]:6379", NOW.minus(Duration.ofHours(1)).plusSeconds(10)),
            tuple("f/g/b:6379", NOW));
  }

  @Test
  void whatADiscoveryFindsNoMoreIsRetiredButNotWhatGoesWithItsDiscovery() {
    Definitions cluster = discovery();
    retirements.define(cluster);
    retirements.watch(List.of(FOUND));
    retirements.watch(List.of());
    assertThat(samples).hasSize(1);

    retirements.watch(List.of(FOUND));
    retirements.define(Definitions.NONE);
    retirements.watch(List.of());
    assertThat(samples).hasSize(1);
  }

  @Test
  void whatATakenOutDiscoveryFoundIsRetired() {
    retirements.define(discovery());
    retirements.watch(List.of(FOUND));

    retirements.retire(List.of(new Retirement("f/c", Optional.empty())));
    retirements.define(Definitions.NONE);
    retirements.watch(List.of());

    assertThat(samples).extracting(InstanceSample::getInstanceId).containsExactly("f/c-1/n:7000");
  }

  private void polling(Target... targets) {
    retirements.define(new Definitions(List.of(targets), List.of()));
    retirements.watch(List.of(targets));
  }

  private static Definitions discovery() {
    return Definitions.read(
        ConfigReader.ofYaml(
            "t.yaml", "fleet: f\ngroups:\n  c: {discover: {cluster: [\"n:7000\"]}}\n"));
  }
}
