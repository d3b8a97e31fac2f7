package io.emberwatch.processor.signal;

import static io.emberwatch.processor.fixture.TestSample.id;
import static io.emberwatch.processor.fixture.TestSample.poll;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.ReplicaLink;
import io.emberwatch.schemas.ReplicaState;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.UpstreamSection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** 15 s lie between two polls. */
class ReplicationSignalsTest {

  @Test
  void lagIsThatOfTheWorstOnlineReplica() {
    Signals signals =
        SignalRun.of(
            primary(
                poll(0),
                20_000_000,
                replica(ReplicaState.ONLINE, 19_000_000, 1),
                replica(ReplicaState.ONLINE, 8_000_000, 4),
                replica(ReplicaState.WAIT_BGSAVE, 0, 900)));
    assertThat(signals.getLagBytes()).isEqualTo(12_000_000);
    assertThat(signals.getOnlineReplicas()).isEqualTo(2);
    assertThat(signals.getReplicaAckAgeSeconds()).isEqualTo(4);
    assertThat(signals.getReplicationOffsetBytes()).isEqualTo(20_000_000);
  }

  @Test
  void lagInSecondsIsByTheRateOfTheStream() {
    Signals signals =
        SignalRun.of(
            primary(poll(0), 5_000_000, replica(ReplicaState.ONLINE, 5_000_000, 0)),
            primary(poll(1), 20_000_000, replica(ReplicaState.ONLINE, 8_000_000, 1)));
    // 1,000,000 B/s over 15 s; 12,000,000 B are missing.
    assertThat(signals.getLagSecsEst()).isEqualTo(12.0);
  }

  @Test
  void noLagIsZeroSecondsEvenWhenTheStreamStands() {
    Signals signals =
        SignalRun.of(
            primary(poll(0), 5_000, replica(ReplicaState.ONLINE, 5_000, 0)),
            primary(poll(1), 5_000, replica(ReplicaState.ONLINE, 5_000, 0)));
    assertThat(signals.getLagBytes()).isZero();
    assertThat(signals.getLagSecsEst()).isZero();
  }

  @Test
  void lagInSecondsIsNullWhenTheStreamStands() {
    Signals signals =
        SignalRun.of(
            primary(poll(0), 5_000, replica(ReplicaState.ONLINE, 4_000, 0)),
            primary(poll(1), 5_000, replica(ReplicaState.ONLINE, 4_000, 0)));
    assertThat(signals.getLagBytes()).isEqualTo(1_000);
    assertThat(signals.getLagSecsEst()).isNull();
  }

  @Test
  void lagInSecondsIsNullAcrossAChangeOfTheStream() {
    InstanceSample second =
        primary(poll(1), 20_000_000, replica(ReplicaState.ONLINE, 8_000_000, 1));
    second.getReplication().setMasterReplid(id("f".repeat(40)));
    Signals signals = SignalRun.of(primary(poll(0), 5_000_000), second);
    assertThat(signals.getLagSecsEst()).isNull();
    assertThat(signals.getLagBytes()).isEqualTo(12_000_000);
  }

  @Test
  void replicaAheadOfTheFigureIsNoLag() {
    assertThat(
            SignalRun.of(primary(poll(0), 100, replica(ReplicaState.ONLINE, 130, 0))).getLagBytes())
        .isZero();
  }

  @Test
  void primaryWithoutReplicasHasNoLag() {
    Signals signals = SignalRun.of(primary(poll(0), 100));
    assertThat(signals.getLagBytes()).isNull();
    assertThat(signals.getLagSecsEst()).isNull();
    assertThat(signals.getOnlineReplicas()).isZero();
  }

  @Test
  void replicaTellsOfItsLink() {
    Signals up = SignalRun.of(replicaOf(true, null));
    assertThat(up.getLinkUp()).isTrue();
    assertThat(up.getLinkDownSeconds()).isNull();
    assertThat(up.getPrimaryAddress()).isEqualTo("10.0.0.9:6379");
    assertThat(up.getReplicationOffsetBytes()).isEqualTo(77);
    assertThat(up.getLagBytes()).isNull();
    Signals down = SignalRun.of(replicaOf(false, 42L));
    assertThat(down.getLinkUp()).isFalse();
    assertThat(down.getLinkDownSeconds()).isEqualTo(42);
  }

  @Test
  void linkThatWasNeverUpIsDownSinceAnUnknownTime() {
    Signals signals = SignalRun.of(replicaOf(false, -1L));
    assertThat(signals.getLinkUp()).isFalse();
    assertThat(signals.getLinkDownSeconds()).isNull();
  }

  private static InstanceSample primary(
      InstanceSample sample, long offset, ReplicaLink... replicas) {
    sample.getReplication().setMasterReplid(id("e".repeat(40)));
    sample.getReplication().setMasterReplOffset(offset);
    sample.setReplicas(List.of(replicas));
    return sample;
  }

  private static ReplicaLink replica(ReplicaState state, long offset, long ackAge) {
    ReplicaLink link = new ReplicaLink();
    link.setState(state);
    link.setOffset(offset);
    link.setLag(ackAge);
    return link;
  }

  private static InstanceSample replicaOf(boolean up, @Nullable Long downSeconds) {
    InstanceSample sample = poll(0);
    sample.setRole(Role.REPLICA);
    UpstreamSection upstream = new UpstreamSection();
    upstream.setMasterHost("10.0.0.9");
    upstream.setMasterPort(6379L);
    upstream.setMasterLinkUp(up);
    upstream.setMasterLinkDownSinceSeconds(downSeconds);
    upstream.setSlaveReplOffset(77L);
    sample.getReplication().setUpstream(upstream);
    return sample;
  }
}
