package io.emberwatch.collector.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.info.Samples;
import io.emberwatch.schemas.CommandStats;
import io.emberwatch.schemas.CpuDetail;
import io.emberwatch.schemas.CpuSection;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.LatencyEvent;
import io.emberwatch.schemas.LatencyHistograms;
import io.emberwatch.schemas.LatencyView;
import io.emberwatch.schemas.ModuleInfo;
import io.emberwatch.schemas.RandomId;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.ServerSection;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.serde.AvroEncoder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SampleTrailTest {

  private static final AvroEncoder<InstanceSample> ENCODER =
      new AvroEncoder<>(InstanceSample.class);
  private static final int DETAIL = 1;
  private static final int COMMANDS = 2;
  private static final int EVENTS = 4;
  private static final int HISTOGRAMS = 8;

  private static InstanceSample sample(long sequence, int parts) {
    InstanceSample sample = Samples.empty();
    sample.setSequence(sequence);
    sample.setState(TargetState.UP);
    sample.setRole(Role.PRIMARY);
    ServerSection server = new ServerSection();
    server.setRunId(new RandomId(new byte[20]));
    sample.setServer(server);
    sample.setCpu(new CpuSection());
    if ((parts & DETAIL) != 0) {
      sample.getCpu().setDetail(new CpuDetail());
    }
    if ((parts & COMMANDS) != 0) {
      CommandStats get = new CommandStats();
      get.setCommand("get" + sequence);
      sample.setCommands(List.of(get));
    }
    if ((parts & (EVENTS | HISTOGRAMS)) != 0) {
      sample.setLatency(new LatencyView());
    }
    if ((parts & EVENTS) != 0) {
      sample.getLatency().setEvents(List.of(new LatencyEvent("fork", Instant.EPOCH, sequence, 1L)));
    }
    if ((parts & HISTOGRAMS) != 0) {
      sample
          .getLatency()
          .setHistograms(new LatencyHistograms(Instant.ofEpochSecond(sequence), List.of()));
    }
    return sample;
  }

  private static SampleTrail trail(InstanceSample sample) {
    return SampleTrail.of(sample, ByteBuffer.wrap(ENCODER.encode(sample)));
  }

  /** Leaving out what is told again changes nothing of what is known, and bounds what is kept. */
  @Property(tries = 300)
  void knowsWhatAllSamplesTogetherTold(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 15) Integer> told) {
    SampleTrail trail = trail(sample(0, told.get(0)));
    InstanceSample known = sample(0, told.get(0));
    for (int i = 1; i < told.size(); i++) {
      InstanceSample next = sample(i, told.get(i));
      trail = trail.with(trail(next));
      SampleParts.complete(next, known);
      known = next;
      assertThat(trail.latest()).isEqualTo(known);
      assertThat(trail.size()).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void takesTheNewestOfEachPart() {
    SampleTrail trail =
        trail(sample(1, COMMANDS | EVENTS))
            .with(trail(sample(2, HISTOGRAMS)))
            .with(trail(sample(3, COMMANDS)))
            .with(trail(sample(4, 0)));
    InstanceSample latest = trail.latest();
    assertThat(latest.getSequence()).isEqualTo(4);
    assertThat(latest.getCommands().get(0).getCommand()).isEqualTo("get3");
    assertThat(latest.getLatency().getEvents().get(0).getLatestMillis()).isEqualTo(1);
    assertThat(latest.getLatency().getHistograms().getSince()).isEqualTo(Instant.ofEpochSecond(2));
    assertThat(trail.size()).isEqualTo(4);
  }

  @Test
  void beginsAnewWithAnotherProcessAnotherRoleAndAFailedPoll() {
    SampleTrail trail = trail(sample(1, COMMANDS));
    InstanceSample restarted = sample(2, 0);
    byte[] other = new byte[20];
    other[0] = 1;
    restarted.getServer().setRunId(new RandomId(other));
    InstanceSample promoted = sample(2, 0);
    promoted.setRole(Role.REPLICA);
    InstanceSample dead = Samples.empty();
    dead.setState(TargetState.UNREACHABLE);
    for (InstanceSample next : List.of(restarted, promoted, dead)) {
      assertThat(trail.with(trail(next)).latest()).isEqualTo(next);
    }
    assertThat(trail.with(trail(dead)).with(trail(sample(3, 0))).latest().getCommands()).isNull();
  }

  @Test
  void changesNoPartThatWasLeftEmpty() {
    InstanceSample none = sample(2, 0);
    none.setLoadedModules(List.of());
    InstanceSample before = sample(1, 0);
    before.setLoadedModules(List.of(new ModuleInfo("search", 1L)));
    assertThat(trail(before).with(trail(none)).latest().getLoadedModules()).isEmpty();
  }
}
