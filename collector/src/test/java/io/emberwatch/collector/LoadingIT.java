package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.embedded.redis.RespConnection;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.TargetState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that answer, but not with data: while they load, and while their primary is away. */
class LoadingIT {

  private static final int KEYS = 150;

  @TempDir static Path folder;
  private static Pipeline pipeline;

  @BeforeAll
  static void startPipeline() throws Exception {
    pipeline = new Pipeline(folder, Map.of());
  }

  @AfterAll
  static void stopPipeline() {
    pipeline.close();
  }

  private static Target target(String group, RedisProcess redis) {
    return Target.builder("it", group, "127.0.0.1", redis.port())
        .pollInterval(Duration.ofMillis(300))
        .build();
  }

  /** Redis' own tests slow a load down in this way: 20 ms a key, and clients served each KB. */
  @Test
  void showsALoadAndItsEnd() throws Exception {
    try (RedisProcess redis =
        RedisProcess.builder()
            .binary(RedisBinary.redis70())
            .directive("rdbcompression", "no")
            .directive("key-load-delay", "20000")
            .directive("loading-process-events-interval-bytes", "1024")
            .start()) {
      fill(redis);
      Target target = target("loading", redis);
      pipeline.watch(target);
      pipeline.awaitState(target, TargetState.UP);
      redis.kill();
      pipeline.awaitState(target, TargetState.UNREACHABLE);
      redis.restart();
      InstanceSample after = pipeline.awaitState(target, TargetState.UP);
      assertThat(after.getKeyspace().get(0).getKeys()).isEqualTo(KEYS);
      List<InstanceSample> loading = loading(target);
      assertThat(loading).hasSizeGreaterThan(1);
      assertThat(loading)
          .allSatisfy(
              sample -> {
                assertThat(sample.getRole()).isEqualTo(Role.PRIMARY);
                assertThat(sample.getServer().getRunId()).isEqualTo(after.getServer().getRunId());
                assertThat(sample.getPersistence().getLoad().getLoadingTotalBytes()).isPositive();
              });
      assertThat(loading.get(loading.size() - 1).getPersistence().getLoad().getLoadingLoadedPerc())
          .isBetween(0.0, 100.0);
      assertThat(after.getCollectorConnects())
          .as("a loading server keeps its connection")
          .isEqualTo(loading.get(0).getCollectorConnects());
    }
  }

  @Test
  void tellsAReplicaThatRefusesStaleReads() {
    try (RedisProcess primary = RedisProcess.builder().binary(RedisBinary.redis70()).start();
        RedisProcess replica =
            RedisProcess.builder()
                .binary(RedisBinary.redis70())
                .replicaOf(primary)
                .directive("replica-serve-stale-data", "no")
                .start()) {
      Target target = target("stale", replica);
      pipeline.watch(target);
      InstanceSample before = pipeline.awaitState(target, TargetState.UP);
      primary.kill();
      InstanceSample orphan = pipeline.awaitState(target, TargetState.MASTER_DOWN);
      assertThat(orphan.getError()).startsWith("MASTERDOWN");
      assertThat(orphan.getRole()).isEqualTo(Role.REPLICA);
      assertThat(orphan.getReplication().getUpstream().getMasterLinkUp()).isFalse();
      assertThat(orphan.getMemory().getUsedMemory()).isPositive();
      InstanceSample later = pipeline.awaitState(target, TargetState.MASTER_DOWN);
      assertThat(later.getCollectorConnects())
          .as("it keeps its connection")
          .isEqualTo(before.getCollectorConnects());
      primary.restart();
      pipeline.awaitState(target, TargetState.UP);
    }
  }

  private static void fill(RedisProcess redis) throws Exception {
    try (RespConnection commands = redis.connect(Duration.ofSeconds(5))) {
      for (int i = 0; i < KEYS; i++) {
        commands.call("SET", "key:" + i, "v".repeat(200));
      }
      commands.call("SAVE");
    }
  }

  private static List<InstanceSample> loading(Target target) {
    return pipeline.samplesOf(target).stream()
        .filter(sample -> sample.getState() == TargetState.LOADING)
        .toList();
  }
}
