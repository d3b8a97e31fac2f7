package io.emberwatch.collector.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.ClusterInfo;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class ClusterInfoReplyTest {

  private static ClusterInfo read(String text) {
    return ClusterInfoReply.parse(text.replace("\n", "\r\n").getBytes(UTF_8));
  }

  @Test
  void readsRedis3() {
    ClusterInfo info =
        read(
            """
            cluster_state:ok
            cluster_slots_assigned:16384
            cluster_slots_ok:16384
            cluster_slots_pfail:0
            cluster_slots_fail:0
            cluster_known_nodes:1
            cluster_size:1
            cluster_current_epoch:0
            cluster_my_epoch:0
            cluster_stats_messages_sent:0
            cluster_stats_messages_received:0
            """);
    assertThat(info.getClusterState()).isEqualTo("ok");
    assertThat(info.getClusterSlotsAssigned()).isEqualTo(16_384);
    assertThat(info.getClusterMyEpoch()).isZero();
    assertThat(info.getTotalClusterLinksBufferLimitExceeded()).isNull();
  }

  @Test
  void readsRedis84() {
    ClusterInfo info =
        read(
            """
            cluster_state:fail
            cluster_slots_assigned:16383
            cluster_slots_ok:10923
            cluster_slots_pfail:0
            cluster_slots_fail:5460
            cluster_known_nodes:6
            cluster_size:3
            cluster_current_epoch:22
            cluster_my_epoch:20
            cluster_stats_messages_ping_sent:1201
            cluster_stats_messages_auth-req_sent:5
            cluster_stats_messages_sent:1206
            cluster_stats_messages_received:1188
            total_cluster_links_buffer_limit_exceeded:3
            cluster_slot_migration_active_tasks:1
            cluster_slot_migration_active_trim_running:1
            cluster_slot_migration_active_trim_current_job_keys:5000
            cluster_slot_migration_active_trim_current_job_trimmed:1200
            cluster_slot_migration_stats_active_trim_started:4
            cluster_slot_migration_stats_active_trim_completed:2
            cluster_slot_migration_stats_active_trim_cancelled:1
            """);
    assertThat(info.getClusterState()).isEqualTo("fail");
    assertThat(info.getClusterSlotsFail()).isEqualTo(5_460);
    assertThat(info.getClusterStatsMessagesSent()).isEqualTo(1_206);
    assertThat(info.getTotalClusterLinksBufferLimitExceeded()).isEqualTo(3);
    assertThat(info.getClusterSlotMigrationActiveTasks()).isOne();
    assertThat(info.getClusterSlotMigrationActiveTrimCurrentJobKeys()).isEqualTo(5_000);
    assertThat(info.getClusterSlotMigrationStatsActiveTrimCancelled()).isOne();
    assertThat(info.getClusterNodesFail()).isNull();
  }

  @Test
  void readsValkey9() {
    ClusterInfo info =
        read(
            """
            cluster_state:ok
            cluster_nodes_pfail:1
            cluster_nodes_fail:2
            cluster_voting_nodes_pfail:1
            cluster_voting_nodes_fail:0
            cluster_stats_bytes_sent:123456789012
            cluster_stats_bytes_received:9
            """);
    assertThat(info.getClusterNodesPfail()).isOne();
    assertThat(info.getClusterNodesFail()).isEqualTo(2);
    assertThat(info.getClusterVotingNodesPfail()).isOne();
    assertThat(info.getClusterStatsBytesSent()).isEqualTo(123_456_789_012L);
  }

  @Test
  void takesNothingFromSomethingElse() {
    ClusterInfo info =
        read("cluster_size:-1\ncluster_my_epoch:99999999999999999999\n:\ncluster_state\nx:1\n");
    assertThat(info).isEqualTo(new ClusterInfo());
    assertThat(read("cluster_state:" + "x".repeat(99)).getClusterState()).hasSize(32);
  }

  @Property(tries = 200)
  void neverThrows(@ForAll byte[] noise) {
    assertThat(ClusterInfoReply.parse(noise)).isNotNull();
  }
}
