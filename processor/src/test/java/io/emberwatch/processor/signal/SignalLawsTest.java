package io.emberwatch.processor.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.processor.fixture.TestSample;
import io.emberwatch.processor.state.LastSample;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.registry.InMemorySchemas;
import io.emberwatch.schemas.serde.AvroSerde;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What holds for every sequence of polls, with restarts, resets, failures and gaps among them. */
class SignalLawsTest {

  private static final AvroSerde<LastSample> STATE =
      AvroSerde.of("last-sample", LastSample.class, new InMemorySchemas());

  /** One poll: what happened since the one before, and what was counted. */
  record Step(Event event, int counted, int seconds) {}

  enum Event {
    NOTHING,
    RESTART,
    RESET,
    FAILED_POLL
  }

  @Property(tries = 300)
  void ratesAreNeverNegative(@ForAll("histories") List<Step> history) {
    for (Signals signals : run(samples(history)).all()) {
      assertThat(rates(signals)).allSatisfy(rate -> assertThat(rate).isNotNegative());
    }
  }

  @Property(tries = 300)
  void restartNeverYieldsARate(@ForAll("histories") List<Step> history) {
    for (Signals signals : run(samples(history)).all()) {
      if (signals.getRestarted() || signals.getStatsReset()) {
        assertThat(rates(signals)).isEmpty();
        assertThat(signals.getIntervalSeconds()).isNull();
      }
    }
  }

  @Property(tries = 200)
  void replayFromAnyStoredStateEqualsLive(@ForAll("histories") List<Step> history) {
    List<InstanceSample> samples = samples(history);
    List<Signals> live = run(samples).all();
    List<Signals> replayed = new ArrayList<>();
    LastSample state = null;
    for (InstanceSample sample : samples) {
      LastSample restored = state == null ? null : throughBytes(state);
      Derivation derivation =
          SignalMath.derive(
              restored, sample, sample.getSampledAt(), sample.getSampledAt().plusSeconds(2));
      if (derivation instanceof Derivation.Derived derived) {
        state = derived.next();
        replayed.add(derived.signals());
      }
    }
    assertThat(replayed).isEqualTo(live);
  }

  @Property(tries = 200)
  void repeatedSamplesChangeNothing(
      @ForAll("histories") List<Step> history, @ForAll List<@IntRange(max = 40) Integer> repeats) {
    List<InstanceSample> samples = samples(history);
    List<InstanceSample> withRepeats = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      withRepeats.add(samples.get(i));
      for (int repeat : repeats) {
        if (repeat <= i) {
          withRepeats.add(samples.get(repeat));
        }
      }
    }
    SignalRun repeated = run(withRepeats);
    assertThat(repeated.all()).isEqualTo(run(samples).all());
    assertThat(repeated.stale()).isEqualTo(withRepeats.size() - samples.size());
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Event> events =
        Arbitraries.frequencyOf(
            Tuple.of(10, Arbitraries.just(Event.NOTHING)),
            Tuple.of(1, Arbitraries.of(Event.class)));
    return Combinators.combine(events, Arbitraries.integers().between(0, 5000), seconds())
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static Arbitrary<Integer> seconds() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.integers().between(14, 16)),
        Tuple.of(1, Arbitraries.integers().between(1, 100)));
  }

  private static SignalRun run(List<InstanceSample> samples) {
    SignalRun run = new SignalRun();
    samples.forEach(run::feed);
    return run;
  }

  private static List<InstanceSample> samples(List<Step> history) {
    List<InstanceSample> samples = new ArrayList<>();
    long time = 0;
    long counter = 1000;
    long started = -3600;
    int runNumber = 0;
    for (int i = 0; i < history.size(); i++) {
      Step step = history.get(i);
      time += step.seconds();
      boolean restart = step.event() == Event.RESTART;
      counter = restart || step.event() == Event.RESET ? step.counted() : counter + step.counted();
      started = restart ? time : started;
      runNumber += restart ? 1 : 0;
      samples.add(
          step.event() == Event.FAILED_POLL
              ? TestSample.failed(i + 1, (double) time, TargetState.TIMED_OUT)
              : sample(i + 1, time, counter, time - started, "%040x".formatted(runNumber)));
    }
    return samples;
  }

  private static InstanceSample sample(
      long sequence, long time, long counter, long uptime, String runId) {
    InstanceSample sample = TestSample.at(sequence, (double) time);
    sample.getServer().setRunId(TestSample.id(runId));
    sample.getServer().setUptimeInSeconds(uptime);
    sample.getStats().setTotalCommandsProcessed(counter);
    sample.getStats().setTotalConnectionsReceived(counter / 2);
    sample.getStats().setExpiredKeys(counter / 3);
    sample.getStats().setEvictedKeys(counter / 5);
    sample.getStats().setTotalNetInputBytes(counter * 40);
    sample.getStats().setTotalNetOutputBytes(counter * 90);
    sample.getCpu().setUsedCpuSysMicros(counter * 1000);
    sample.getCpu().setUsedCpuUserMicros(counter * 1429);
    return sample;
  }

  private static List<Double> rates(Signals signals) {
    return Stream.of(
            signals.getOpsRate(),
            signals.getConnChurn(),
            signals.getRejectedRate(),
            signals.getEvictRate(),
            signals.getExpireRate(),
            signals.getOverLimitShare(),
            signals.getMainCpu(),
            signals.getNetInRate(),
            signals.getNetOutRate())
        .filter(Objects::nonNull)
        .toList();
  }

  private static LastSample throughBytes(LastSample state) {
    byte[] bytes = STATE.serializer().serialize("", state);
    return Objects.requireNonNull(STATE.deserializer().deserialize("", bytes));
  }
}
