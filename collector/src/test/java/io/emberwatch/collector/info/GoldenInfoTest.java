package io.emberwatch.collector.info;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every captured reply of eleven releases, field by field, after a trip over the wire. */
class GoldenInfoTest {

  static List<String> replies() {
    return GoldenReplies.names();
  }

  @ParameterizedTest
  @MethodSource("replies")
  void keepsEveryFieldOfTheReply(String name) {
    byte[] bytes = GoldenReplies.read(name);
    InfoReply reply = InfoParser.parse(bytes);
    InstanceSample sample = Samples.empty();
    sample.setRole(reply.role());
    reply.addTo(sample);
    Map<String, String> received = FlatSample.of(Samples.roundTrip(sample));

    Map<String, String> sent = InfoLines.fields(bytes);
    assertThat(sent).isNotEmpty();
    Map<String, String> differing = new LinkedHashMap<>();
    sent.forEach(
        (field, value) -> {
          if (!InfoLines.same(value, received.get(field))) {
            differing.put(field, value + " became " + received.get(field));
          }
        });
    assertThat(differing).isEmpty();
    assertThat(reply.droppedLines()).isZero();
    assertThat(received).hasSameSizeAs(sent);
  }

  /**
   * What Valkey 9 brought and the schema lacks, of slot migrations mostly; and what an empty node
   * of Redis 8.0 says of its data, -1648 written without a sign.
   */
  private static final String NEWEST =
      "(expired_keys_with_volatile_items_stale_perc|total_net_cluster_slot_(im|ex)port_bytes"
          + "|mem_cluster_slot_(im|ex)port|slot_migration_fork_in_progress|acl_access_denied_db"
          + "|mem_replicas_repl_buffer|used_active_time_io_thread_\\d+|(tls|engines?)_.*|module\\..+"
          + "|used_memory_dataset)";

  @ParameterizedTest
  @MethodSource("replies")
  void leavesAllButTheNewestFieldsTyped(String name) {
    InfoReply reply = InfoParser.parse(GoldenReplies.read(name));
    // What is left over is of sections that the schema leaves out, and listener0.
    assertThat(reply.extra().keySet())
        .allMatch(
            field ->
                field.matches(
                        "(cluster_|sentinel_|total_cluster_|master\\d+$|listener\\d+$|io_threaded_).*")
                    || field.matches(NEWEST));
  }

  @Test
  void tellsEngineVersionAndRole() {
    assertFacts("redis-2.8.19/replica-info-all.txt", Engine.REDIS, "2.8.19", Role.REPLICA);
    assertFacts("redis-7.0.15/primary-info.txt", Engine.REDIS, "7.0.15", Role.PRIMARY);
    assertFacts("redis-7.0.15/sentinel-info.txt", Engine.REDIS, "7.0.15", Role.SENTINEL);
    assertFacts("valkey-8.0.1/primary-info.txt", Engine.VALKEY, "8.0.1", Role.PRIMARY);
    assertFacts("valkey-8.0.1/replica-info-all.txt", Engine.VALKEY, "8.0.1", Role.REPLICA);
    assertFacts("valkey-8.0.1/sentinel-info.txt", Engine.VALKEY, "8.0.1", Role.SENTINEL);
    assertFacts("redis-8.0.2/primary-info.txt", Engine.REDIS, "8.0.2", Role.PRIMARY);
    assertFacts("valkey-8.1.1/replica-info-all.txt", Engine.VALKEY, "8.1.1", Role.REPLICA);
    assertFacts("valkey-9.1.2/primary-info.txt", Engine.VALKEY, "9.1.2", Role.PRIMARY);
    assertFacts("valkey-9.1.2/sentinel-info.txt", Engine.VALKEY, "9.1.2", Role.SENTINEL);
  }

  private static void assertFacts(String name, Engine engine, String version, Role role) {
    InfoReply reply = InfoParser.parse(GoldenReplies.read(name));
    assertThat(reply.engine()).as(name).isEqualTo(engine);
    assertThat(reply.version()).as(name).isEqualTo(Optional.of(version));
    assertThat(reply.role()).as(name).isEqualTo(role);
    assertThat(reply.isReadable()).isTrue();
  }
}
