package io.emberwatch.collector.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.ReplicationSection;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.UpstreamSection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TopologyHintsTest {

  private final List<String> hints = new ArrayList<>();
  private final TopologyHints watch = new TopologyHints(hints::add);

  private static InstanceSample sample(TargetState state, Role role, String link) {
    InstanceSample sample = new InstanceSample();
    sample.setInstanceId("f/g/h:1");
    sample.setState(state);
    sample.setRole(role);
    if (role == Role.REPLICA) {
      UpstreamSection upstream = new UpstreamSection();
      upstream.setMasterHost("p");
      upstream.setMasterPort(1L);
      upstream.setMasterLinkUp(link.equals("up"));
      ReplicationSection replication = new ReplicationSection();
      replication.setUpstream(upstream);
      sample.setReplication(replication);
    }
    return sample;
  }

  @Test
  void hintsAtARoleAPrimaryOrAServerThatChanged() {
    watch.accept(sample(TargetState.UP, Role.REPLICA, "up"));
    watch.accept(sample(TargetState.UP, Role.REPLICA, "up"));
    assertThat(hints).isEmpty();
    watch.accept(sample(TargetState.UP, Role.REPLICA, "down"));
    watch.accept(sample(TargetState.UP, Role.PRIMARY, ""));
    watch.accept(sample(TargetState.UNREACHABLE, Role.UNKNOWN, ""));
    watch.accept(sample(TargetState.UNREACHABLE, Role.UNKNOWN, ""));
    watch.accept(sample(TargetState.UP, Role.PRIMARY, ""));
    assertThat(hints).hasSize(4).containsOnly("f/g/h:1");
  }

  @Test
  void forgetsServersThatAreNotWatched() {
    watch.accept(sample(TargetState.UP, Role.PRIMARY, ""));
    watch.keep(List.of());
    watch.accept(sample(TargetState.UP, Role.REPLICA, "up"));
    assertThat(hints).isEmpty();
  }
}
