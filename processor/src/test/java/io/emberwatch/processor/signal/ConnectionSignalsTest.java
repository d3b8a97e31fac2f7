package io.emberwatch.processor.signal;

import static io.emberwatch.processor.fixture.TestSample.poll;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.ConfigFacts;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import org.junit.jupiter.api.Test;

/** 15 s lie between two polls. */
class ConnectionSignalsTest {

  @Test
  void connUtilCountsClientsReplicasAndClusterLinks() {
    InstanceSample sample = poll(0);
    sample.getClients().setConnectedClients(780L);
    sample.getClients().setClusterConnections(18L);
    sample.getClients().setMaxclients(1000L);
    sample.getReplication().setConnectedSlaves(2L);
    assertThat(SignalRun.of(sample).getConnUtil()).isEqualTo(0.8);
  }

  @Test
  void limitComesFromTheConfigurationBeforeInfoSaysIt() {
    InstanceSample sample = poll(0);
    sample.getClients().setConnectedClients(50L);
    ConfigFacts config = new ConfigFacts();
    config.setMaxclients(200L);
    sample.setConfig(config);
    assertThat(SignalRun.of(sample).getConnUtil()).isEqualTo(0.25);
  }

  @Test
  void connUtilIsNullWhereNoLimitIsKnown() {
    InstanceSample sample = poll(0, s -> s.getClients().setConnectedClients(50L));
    assertThat(SignalRun.of(sample).getConnUtil()).isNull();
    assertThat(SignalRun.of(sample).getConnectedClients()).isEqualTo(50);
  }

  @Test
  void churnLeavesOutTheCollectorsOwnConnects() {
    Signals signals = SignalRun.of(connects(poll(0), 100, 3), connects(poll(1), 253, 6));
    // 153 accepted, 3 of them the collector's: 150 in 15 s.
    assertThat(signals.getConnChurn()).isEqualTo(10.0);
  }

  @Test
  void churnLeavesOutAllConnectsOfACollectorThatBeganAnew() {
    InstanceSample second = connects(poll(1), 253, 3);
    second.setCollectorId("c2");
    assertThat(SignalRun.of(connects(poll(0), 100, 9), second).getConnChurn()).isEqualTo(10.0);
  }

  @Test
  void churnIsNeverNegative() {
    assertThat(SignalRun.of(connects(poll(0), 100, 1), connects(poll(1), 101, 4)).getConnChurn())
        .isZero();
  }

  @Test
  void churnRatioIsConnectsPerCommand() {
    InstanceSample second = connects(poll(1), 150, 0);
    second.getStats().setTotalCommandsProcessed(600L);
    assertThat(SignalRun.of(connects(poll(0), 0, 0), second).getChurnRatio()).isEqualTo(0.25);
  }

  @Test
  void churnRatioIsNullWithoutCommands() {
    assertThat(SignalRun.of(connects(poll(0), 0, 0), connects(poll(1), 9, 0)).getChurnRatio())
        .isNull();
  }

  @Test
  void rejectedConnectionsAreCountedAndRated() {
    Signals signals = SignalRun.of(poll(0), poll(1, s -> s.getStats().setRejectedConnections(30L)));
    assertThat(signals.getRejectedConnections()).isEqualTo(30);
    assertThat(signals.getRejectedRate()).isEqualTo(2.0);
  }

  private static InstanceSample connects(InstanceSample sample, long received, long own) {
    sample.getStats().setTotalConnectionsReceived(received);
    sample.setCollectorConnects(own);
    return sample;
  }
}
