package io.emberwatch.collector.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.emberwatch.embedded.redis.RedisCluster;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.embedded.redis.RespConnection;
import io.emberwatch.schemas.ClientCensus;
import io.emberwatch.schemas.ClusterNodeView;
import io.emberwatch.schemas.ClusterView;
import io.emberwatch.schemas.CommandHistogram;
import io.emberwatch.schemas.DbStats;
import io.emberwatch.schemas.FunctionLibrary;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.InternalsSection;
import io.emberwatch.schemas.KeySizes;
import io.emberwatch.schemas.LargeCommandSummary;
import io.emberwatch.schemas.LatencyEvent;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.SlotMigration;
import io.emberwatch.schemas.SlotStats;
import io.emberwatch.schemas.Slowlog;
import io.emberwatch.schemas.SlowlogKind;
import io.emberwatch.schemas.TargetState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Redis 8, Valkey 8 and Valkey 9 themselves: what each source tells of what was provoked, asked as
 * the user that {@code collector acl} prints. Skipped where these servers are not at hand.
 */
final class NewerEnginesIT {

  /** Above every request and reply of ours, of which CONFIG GET's is the largest with 9 KB. */
  private static final int LARGE_BYTES = 100_000;

  /** Far below what the loop of {@link #provoke} takes, and above what ours take. */
  private static final int SLOW_USEC = 20_000;

  private static final int SLOTS = 16_384;

  @ParameterizedTest
  @EnumSource
  void tellsWhatHappenedToAPrimary(NewerRelease release) throws Exception {
    try (WatchedServer server = WatchedServer.start(primary(release))) {
      isKnown(release, server.poll().sample());
      provoke(server.redis(), release);
      PollResult result = server.poll();
      InstanceSample sample = result.sample();
      isKnown(release, sample);
      assertThat(server.redis().info("server")).contains("_version:" + sample.getVersion());
      tellsDataAndUsers(release, sample);
      tellsSlowAndLargeCommands(release, result);
      tellsInternals(release, sample);
      ClientCensus census = WatchedServer.emitted(result, ClientCensus.class).get(0);
      assertThat(census.getOwnClients()).isEqualTo(1);
      assertThat(census.getUnreadableLines()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhatANodeSeesOfItsCluster(NewerRelease release) throws Exception {
    try (WatchedServer server = WatchedServer.start(node(release))) {
      server.redis().call("CLUSTER", "ADDSLOTSRANGE", "0", Integer.toString(SLOTS - 1));
      await().until(() -> serves(server.redis(), 1));
      server.redis().call("SET", "user:1", "x");
      Object slot = server.redis().call("CLUSTER", "KEYSLOT", "user:1");

      InstanceSample sample = server.poll().sample();
      isKnown(release, sample);
      assertThat(sample.getClusterInfo().getClusterState()).isEqualTo("ok");
      ClusterView view = sample.getClusterView();
      assertThat(view.getNodes().getSlotsAssigned()).isEqualTo(SLOTS);
      assertThat(view.getLinks().getLinksTo()).isZero();
      if (release.isValkey()) {
        assertThat(view.getSlotStats()).hasSize(1);
        SlotStats stats = view.getSlotStats().get(0);
        assertThat((long) stats.getSlot()).isEqualTo(slot);
        assertThat(stats.getKeyCount()).isEqualTo(1);
        assertThat(stats.getCpuUsec()).isPositive();
        assertThat(stats.getNetworkBytesIn()).isPositive();
      }
      assertThat(view.getSlotMigrations() != null).isEqualTo(release == NewerRelease.VALKEY_9);
    }
  }

  @Test
  void tellsOfSlotsThatMigratedWithTheirKeys() throws Exception {
    try (WatchedServer from = WatchedServer.start(node(NewerRelease.VALKEY_9));
        WatchedServer to = WatchedServer.start(node(NewerRelease.VALKEY_9))) {
      String target = RedisCluster.id(to.redis());
      from.redis().call("CLUSTER", "ADDSLOTSRANGE", "0", Integer.toString(SLOTS - 1));
      to.redis().call("CLUSTER", "SET-CONFIG-EPOCH", "2");
      from.redis().call("CLUSTER", "MEET", to.redis().host(), Integer.toString(to.redis().port()));
      await().until(() -> serves(from.redis(), 2) && serves(to.redis(), 2));
      from.redis()
          .call("CLUSTER", "MIGRATESLOTS", "SLOTSRANGE", "7", "7", "20", "29", "NODE", target);

      SlotMigration exported = ended(from);
      assertThat(exported.getOperation()).isEqualTo("export");
      assertThat(exported.getState()).isEqualTo("success");
      assertThat(exported.getSlots()).isEqualTo(11);
      assertThat(exported.getSourceNode()).isEqualTo(RedisCluster.id(from.redis()));
      assertThat(exported.getTargetNode()).isEqualTo(target);
      assertThat(exported.getCreateTimeSeconds()).isPositive();
      SlotMigration imported = ended(to);
      assertThat(imported.getOperation()).isEqualTo("import");
      assertThat(imported.getName()).isEqualTo(exported.getName()).hasSize(40);
      assertThat(to.poll().sample().getClusterView().getNodes().getNodes())
          .extracting(ClusterNodeView::getSlots)
          .containsExactlyInAnyOrder(11, SLOTS - 11);
    }
  }

  private static RedisProcess.Builder primary(NewerRelease release) {
    RedisProcess.Builder builder =
        RedisProcess.builder()
            .binary(release.binary())
            .directive("latency-monitor-threshold", "1")
            .directive("slowlog-log-slower-than", Integer.toString(SLOW_USEC));
    return release.isValkey()
        ? builder
            .directive("commandlog-request-larger-than", Integer.toString(LARGE_BYTES))
            .directive("commandlog-reply-larger-than", Integer.toString(LARGE_BYTES))
        : builder;
  }

  private static RedisProcess.Builder node(NewerRelease release) {
    RedisProcess.Builder builder =
        RedisProcess.builder()
            .binary(release.binary())
            .directive("cluster-enabled", "yes")
            .directive("cluster-node-timeout", "1000");
    return release.isValkey() ? builder.directive("cluster-slot-stats-enabled", "yes") : builder;
  }

  private static void provoke(RedisProcess redis, NewerRelease release) throws Exception {
    redis.call("SET", "big", "x".repeat(LARGE_BYTES));
    redis.call("GET", "big");
    redis.call("EVAL", "local i = 0 while i < 5000000 do i = i + 1 end", "0");
    redis.call("FUNCTION", "LOAD", "#!lua name=lib\nredis.register_function('f', function() end)");
    redis.call("HSET", "hash", "stays", "1", "goes", "1", "waits", "1");
    if (release.expiresFields()) {
      redis.call("HEXPIRE", "hash", "1000", "FIELDS", "1", "waits");
      redis.call("HPEXPIRE", "hash", "1", "FIELDS", "1", "goes");
      String counter = release.isValkey() ? "expired_fields:1" : "expired_subkeys:1";
      await().until(() -> redis.info("stats").contains(counter));
    }
    redis.call("ACL", "SETUSER", "few", "on", ">pw", "-@all", "+ping");
    try (RespConnection few = redis.connect(Duration.ofSeconds(5))) {
      few.call("AUTH", "few", "pw");
      assertThatThrownBy(() -> few.call("GET", "big")).hasMessageContaining("NOPERM");
    }
  }

  private static void isKnown(NewerRelease release, InstanceSample sample) {
    assertThat(sample.getState()).isEqualTo(TargetState.UP);
    assertThat(sample.getRefusedProbes()).isEmpty();
    assertThat(sample.getEngine()).isEqualTo(release.engine());
    assertThat(sample.getVersion()).startsWith(release.major() + ".");
    assertThat(sample.getRole()).isEqualTo(Role.PRIMARY);
  }

  private static void tellsDataAndUsers(NewerRelease release, InstanceSample sample) {
    DbStats db = sample.getKeyspace().get(0);
    assertThat(db.getKeys()).isEqualTo(2);
    assertThat(db.getSubexpiry()).isEqualTo(release.isValkey() ? null : 1L);
    assertThat(db.getKeysWithVolatileItems())
        .isEqualTo(release == NewerRelease.VALKEY_9 ? 1L : null);
    assertThat(sample.getStats().getDetail().getRare().getExpiredSubkeys())
        .isEqualTo(release.expiresFields() ? 1L : null);
    assertThat(sample.getMemoryStats().getKeysCount()).isEqualTo(2);
    assertThat(sample.getFunctions().getLibraries())
        .extracting(FunctionLibrary::getName)
        .containsExactly("lib");
    assertThat(sample.getLoadedModules()).isNotNull();
    assertThat(sample.getAclLog().getDenialsNew()).isEqualTo(1);
    assertThat(sample.getAcl().getUsersTotal()).isEqualTo(3);
    assertThat(sample.getConfig().getSlowlogLogSlowerThanUsec()).isEqualTo(SLOW_USEC);
  }

  private static void tellsSlowAndLargeCommands(NewerRelease release, PollResult result) {
    InstanceSample sample = result.sample();
    assertThat(sample.getSlowlog().getSlowestUsec()).isGreaterThanOrEqualTo(SLOW_USEC);
    List<Slowlog> records = WatchedServer.emitted(result, Slowlog.class);
    assertThat(records)
        .extracting(Slowlog::getKind, Slowlog::getCommand)
        .contains(tuple(SlowlogKind.SLOW, "eval"));
    assertThat(sample.getLargeCommands() != null).isEqualTo(release.isValkey());
    if (release.isValkey()) {
      assertThat(sample.getLargeCommands())
          .allSatisfy(log -> assertThat(log.getLargestBytes()).isGreaterThan(LARGE_BYTES))
          .extracting(LargeCommandSummary::getKind, LargeCommandSummary::getEntriesNew)
          .containsExactly(
              tuple(SlowlogKind.LARGE_REQUEST, 1L), tuple(SlowlogKind.LARGE_REPLY, 1L));
      assertThat(records)
          .extracting(Slowlog::getKind, Slowlog::getCommand)
          .contains(tuple(SlowlogKind.LARGE_REQUEST, "set"), tuple(SlowlogKind.LARGE_REPLY, "get"));
    }
  }

  private static void tellsInternals(NewerRelease release, InstanceSample sample) {
    assertThat(sample.getLatency().getEvents())
        .extracting(LatencyEvent::getEvent)
        .contains("command");
    assertThat(sample.getLatency().getHistograms().getCommands())
        .extracting(CommandHistogram::getCommand, CommandHistogram::getCalls)
        .contains(tuple("eval", 1L), tuple("hset", 1L));
    InternalsSection internals = sample.getInternals();
    assertThat(internals.getDebug().getEventloopDurationMax()).isGreaterThanOrEqualTo(SLOW_USEC);
    if (release.isValkey()) {
      assertThat(internals.getKeySizes()).isNull();
    } else {
      assertThat(internals.getKeySizes())
          .extracting(KeySizes::getMeasure, KeySizes::getBounds, KeySizes::getCounts)
          .contains(
              tuple("strings_sizes", List.of(65_536L), List.of(1L)),
              tuple("hashes_items", List.of(2L), List.of(1L)));
      assertThat(internals.getThreads()).isNotEmpty();
    }
    assertThat(sample.getCpu().getUsedActiveTimeMainThreadMicros() != null)
        .isEqualTo(release == NewerRelease.VALKEY_9);
  }

  private static boolean serves(RedisProcess node, int nodes) {
    return String.valueOf(node.call("CLUSTER", "INFO"))
        .matches("(?s).*cluster_state:ok.*cluster_known_nodes:" + nodes + "\\b.*");
  }

  /** Its one migration, once the server has done with it. */
  private static SlotMigration ended(WatchedServer server) {
    List<SlotMigration> migrations =
        await()
            .until(
                () -> server.poll().sample().getClusterView().getSlotMigrations(),
                all ->
                    all.size() == 1 && all.get(0).getState().matches("success|failed|cancelled"));
    return migrations.get(0);
  }
}
