package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.target.Credentials;
import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Slowlog;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.identity.RandomIds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collector against real servers of three ages, and against what is no server. */
class CollectorIT {

  @TempDir static Path folder;
  private static Pipeline pipeline;

  @BeforeAll
  static void startPipeline() throws Exception {
    pipeline = new Pipeline(folder, Map.of());
  }

  @AfterAll
  static void stopPipeline() throws Exception {
    pipeline.close();
  }

  private static Target target(String group, int port) {
    return Target.builder("it", group, "127.0.0.1", port)
        .pollInterval(Duration.ofMillis(500))
        .build();
  }

  private static Target target(String group, RedisProcess redis) {
    return target(group, redis.port());
  }

  private static Credentials login(String user, String password) {
    return new Credentials(
        user.isEmpty() ? Optional.empty() : Optional.of(user), Secret.ofValue("test", password));
  }

  @Test
  void samplesAPrimaryAndItsReplica() {
    try (RedisProcess primary = RedisProcess.builder().binary(RedisBinary.redis70()).start();
        RedisProcess replica =
            RedisProcess.builder().binary(RedisBinary.redis70()).replicaOf(primary).start()) {
      primary.call("SET", "k", "v");
      Target first = target("pair", primary);
      Target second = target("pair", replica);
      pipeline.watch(first, second);
      InstanceSample up = pipeline.awaitState(first, TargetState.UP);
      assertThat(up.getRole()).isEqualTo(Role.PRIMARY);
      assertThat(up.getEngine()).isEqualTo(Engine.REDIS);
      assertThat(up.getVersion()).isEqualTo("7.0.15");
      assertThat(up.getSequence()).isEqualTo(1);
      String info = primary.info("server");
      assertThat(info).contains("run_id:" + RandomIds.text(up.getServer().getRunId()));
      assertThat(info).contains("tcp_port:" + up.getServer().getDetail().getTcpPort());
      assertThat(info).contains("os:" + up.getServer().getDetail().getOs());
      assertThat(up.getKeyspace().get(0).getKeys()).isEqualTo(1);
      assertThat(up.getClients().getMaxclients()).isEqualTo(10_000);
      assertThat(up.getConfig().getMaxclients()).as("INFO says it").isNull();
      assertThat(up.getConfig().getSaveLongestIntervalSeconds()).isZero();
      await().until(() -> last(second).getRole() == Role.REPLICA);
      await().until(() -> last(first).getReplicas().size() == 1);
      assertThat(last(first).getReplicas().get(0).getPort()).isEqualTo(replica.port());
      await().until(() -> pipeline.samplesOf(first).size() >= 4);
      List<Long> sequences =
          pipeline.samplesOf(first).stream().map(InstanceSample::getSequence).toList();
      assertThat(sequences).startsWith(1L, 2L, 3L, 4L);
      assertThat(pipeline.traces()).contains("it/1", "it/2");
      assertThat(pipeline.samplesOf(first).get(1).getServer().getDetail()).isNull();
      assertThat(String.valueOf(primary.call("CLIENT", "LIST"))).contains("name=emberwatch-it");
      assertThat(up.getLatencies()).as("with the first poll, then every 5 minutes").isNotNull();
      assertThat(pipeline.samplesOf(first).get(1).getLatencies()).isNull();
      assertThat(up.getLatency().getEvents()).isNotNull();
      assertThat(up.getLatency().getHistograms()).as("a base only").isNull();
      assertThat(pipeline.samplesOf(first)).anyMatch(s -> s.getCommands() != null);
      await().until(() -> pipeline.app().checks().stream().allMatch(Check::ok));
    }
  }

  @Test
  void samplesServersOfEarlierAges() {
    try (RedisProcess old = RedisProcess.builder().binary(RedisBinary.redis28()).start();
        RedisProcess middle = RedisProcess.builder().binary(RedisBinary.redis62()).start()) {
      Target ancient = target("old", old);
      Target aged = target("middle", middle);
      pipeline.watch(ancient, aged);
      InstanceSample first = pipeline.awaitState(ancient, TargetState.UP);
      assertThat(first.getVersion()).isEqualTo("2.8.19");
      assertThat(first.getConfig().getMaxclients()).isEqualTo(10_000);
      assertThat(first.getCommands()).isNotNull();
      assertThat(first.getErrors()).isNull();
      await().until(() -> !pipeline.samplesOf(aged).isEmpty());
      assertThat(last(aged).getVersion()).startsWith("6.2.");
      await().until(() -> pipeline.samplesOf(aged).stream().anyMatch(s -> s.getCommands() != null));
    }
  }

  @Test
  void logsInAndTellsAWrongPassword() {
    try (RedisProcess redis =
        RedisProcess.builder()
            .binary(RedisBinary.redis70())
            .password("s3cret")
            .directive("user", "probe", "on", ">pw", "+ping", "+info", "+client|setname")
            .start()) {
      Target right = target("right", redis).toBuilder().credentials(login("", "s3cret")).build();
      Target wrong = target("wrong", redis).toBuilder().credentials(login("", "guess")).build();
      Target none = target("none", redis);
      Target user = target("user", redis).toBuilder().credentials(login("probe", "pw")).build();
      pipeline.watch(right, wrong, none, user);
      pipeline.awaitState(right, TargetState.UP);
      await().until(() -> !pipeline.samplesOf(wrong).isEmpty());
      assertThat(last(wrong).getState()).isEqualTo(TargetState.AUTH_FAILED);
      assertThat(last(wrong).getError()).contains("WRONGPASS").doesNotContain("guess");
      await().until(() -> !pipeline.samplesOf(none).isEmpty());
      assertThat(last(none).getState()).isEqualTo(TargetState.AUTH_FAILED);
      await().until(() -> !pipeline.samplesOf(user).isEmpty());
      assertThat(last(user).getState()).isEqualTo(TargetState.UP);
      assertThat(last(user).getConfig()).isNull();
      await().until(() -> last(user).getRefusedProbes().toString().contains("config"));
      assertThat(last(user).getRefusedProbes().toString()).contains("slowlog").contains("NOPERM");
    }
  }

  @Test
  void showsADeathAndTheReturn() {
    try (RedisProcess redis = RedisProcess.builder().binary(RedisBinary.redis70()).start()) {
      Target target = target("mortal", redis);
      pipeline.watch(target);
      InstanceSample before = pipeline.awaitState(target, TargetState.UP);
      redis.kill();
      InstanceSample dead = pipeline.awaitState(target, TargetState.UNREACHABLE);
      assertThat(dead.getError()).isNotBlank();
      assertThat(dead.getMemory()).isNull();
      assertThat(dead.getRole()).isEqualTo(Role.UNKNOWN);
      assertThat(dead.getVersion()).isEqualTo("7.0.15");
      int count = pipeline.samplesOf(target).size();
      await().until(() -> pipeline.samplesOf(target).size() >= count + 4);
      redis.restart();
      InstanceSample after = pipeline.awaitState(target, TargetState.UP);
      assertThat(after.getServer().getRunId()).isNotEqualTo(before.getServer().getRunId());
      assertThat(after.getServer().getDetail()).isNotNull();
    }
  }

  @Test
  void isNotDelayedByWhatIsNoServer() throws Exception {
    try (RedisProcess redis = RedisProcess.builder().binary(RedisBinary.redis70()).start();
        HostileServer silent = HostileServer.silent();
        HostileServer slow = HostileServer.trickling();
        HostileServer endless = HostileServer.endless();
        HostileServer garbage = HostileServer.garbage()) {
      Target good = target("good", redis);
      Target hung = target("silent", silent.port());
      Target trickle = target("trickle", slow.port());
      Target flood = target("endless", endless.port());
      Target other = target("garbage", garbage.port());
      pipeline.watch(good, hung, trickle, flood, other);
      await().atMost(Duration.ofSeconds(30)).until(() -> pipeline.samplesOf(good).size() >= 12);
      assertThat(pipeline.samplesOf(good)).allMatch(s -> s.getState() == TargetState.UP);
      List<InstanceSample> samples = pipeline.samplesOf(good);
      for (int i = 2; i < samples.size(); i++) {
        Duration gap =
            Duration.between(samples.get(i - 1).getSampledAt(), samples.get(i).getSampledAt());
        assertThat(gap).isLessThan(Duration.ofMillis(1500));
      }
      assertThat(last(hung).getState()).isEqualTo(TargetState.TIMED_OUT);
      assertThat(states(trickle)).containsOnly(TargetState.TIMED_OUT);
      assertThat(states(flood)).containsOnly(TargetState.PROTOCOL_ERROR);
      assertThat(states(other)).containsOnly(TargetState.PROTOCOL_ERROR);
    }
  }

  @Test
  void publishesSlowCommandsRedacted() {
    try (RedisProcess redis =
        RedisProcess.builder()
            .binary(RedisBinary.redis70())
            .directive("slowlog-log-slower-than", "0")
            .start()) {
      Target target = target("slow", redis);
      pipeline.watch(target);
      pipeline.awaitState(target, TargetState.UP);
      redis.call("SET", "user:4711", "top secret value");
      await().until(() -> slowCommand(target, "set").isPresent());
      Slowlog set = slowCommand(target, "set").orElseThrow();
      assertThat(set.getArguments()).containsExactly("<text 9>", "<text 16>");
      assertThat(set.getArgumentCount()).isEqualTo(3);
      assertThat(set.getRunId()).isEqualTo(RandomIds.text(last(target).getServer().getRunId()));
      assertThat(pipeline.slowlog().toString()).doesNotContain("secret").doesNotContain("4711");
      for (int i = 0; i < 300; i++) {
        redis.call("GET", "k" + i);
      }
      await()
          .until(
              () ->
                  pipeline.samplesOf(target).stream()
                      .anyMatch(
                          s -> s.getSlowlog() != null && s.getSlowlog().getEntriesLost() > 0));
    }
  }

  private static Optional<Slowlog> slowCommand(Target target, String command) {
    return pipeline.slowlog().stream()
        .filter(s -> s.getInstanceId().equals(target.instanceId()))
        .filter(s -> s.getCommand().equals(command))
        .findFirst();
  }

  private static List<TargetState> states(Target target) {
    return pipeline.samplesOf(target).stream().map(InstanceSample::getState).toList();
  }

  private static InstanceSample last(Target target) {
    List<InstanceSample> samples =
        await().until(() -> pipeline.samplesOf(target), found -> !found.isEmpty());
    return samples.get(samples.size() - 1);
  }
}
