package io.emberwatch.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RedisProcessIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  static Stream<Arguments> binaries() {
    Map<String, Supplier<RedisBinary>> byVersion =
        Map.of(
            "7.0.15", RedisBinary::redis70,
            "6.2.", RedisBinary::redis62,
            "2.8.19", RedisBinary::redis28);
    return byVersion.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void answersInfoWithItsVersion(String version, Supplier<RedisBinary> binary) {
    try (RedisProcess redis = RedisProcess.builder().binary(binary.get()).start()) {
      assertThat(redis.info("server")).contains("redis_version:" + version);
      assertThat(redis.info("server")).contains("tcp_port:" + redis.port());
      assertThat(redis.info("server")).contains("process_id:" + redis.pid());
    }
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void syncsAReplicaThatNeedsAPassword(String version, Supplier<RedisBinary> binary) {
    try (RedisProcess primary =
            RedisProcess.builder().binary(binary.get()).password("secret").start();
        RedisProcess replica =
            RedisProcess.builder().binary(binary.get()).replicaOf(primary).start()) {
      primary.call("SET", "k", "v");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(replica.call("GET", "k")).isEqualTo("v"));
      assertThat(replica.info("replication")).contains("role:slave");
    }
  }

  @Test
  void keepsAppendedDataAndPortOverAKill() {
    try (RedisProcess redis =
        RedisProcess.builder()
            .directive("appendonly", "yes")
            .directive("appendfsync", "always")
            .start()) {
      redis.call("SET", "k", "v");
      long pid = redis.pid();
      int port = redis.port();
      redis.kill();
      assertThat(redis.isAlive()).isFalse();
      assertThatThrownBy(() -> redis.connect(TIMEOUT)).isInstanceOf(IOException.class);

      redis.restart();

      assertThat(redis.pid()).isNotEqualTo(pid);
      assertThat(redis.port()).isEqualTo(port);
      assertThat(redis.call("GET", "k")).isEqualTo("v");
    }
  }

  @Test
  void savesBeforeAnOrderlyRestart() {
    try (RedisProcess redis = RedisProcess.builder().directive("save", "3600", "1").start()) {
      redis.call("SET", "k", "v");
      redis.restart();
      assertThat(redis.call("GET", "k")).isEqualTo("v");
    }
  }

  @Test
  void asksForItsPasswordAndHidesIt() throws IOException {
    try (RedisProcess redis = RedisProcess.builder().password("hun\"ter 2").start();
        RespConnection stranger = RespConnection.open(redis.host(), redis.port(), TIMEOUT)) {
      assertThatThrownBy(() -> stranger.call("GET", "k"))
          .isInstanceOf(RespConnection.RespError.class)
          .hasMessageStartingWith("NOAUTH");
      assertThat(redis.call("PING")).isEqualTo("PONG");
      assertThat(redis.toString() + redis.uri()).doesNotContain("ter 2");
      assertThat(ProcessHandle.of(redis.pid()).orElseThrow().info().commandLine().orElse(""))
          .doesNotContain("ter 2");
    }
  }

  @Test
  void monitorsAPrimaryAsSentinel() {
    try (RedisProcess primary = RedisProcess.start();
        RedisProcess sentinel =
            RedisProcess.builder()
                .sentinel()
                .directive(
                    "sentinel",
                    "monitor",
                    "main",
                    "127.0.0.1",
                    Integer.toString(primary.port()),
                    "1")
                .start()) {
      assertThat(sentinel.info("sentinel")).contains("name=main");
    }
  }

  @Test
  void runsAsAClusterNode() {
    try (RedisProcess redis = RedisProcess.builder().directive("cluster-enabled", "yes").start()) {
      assertThat(redis.info("cluster")).contains("cluster_enabled:1");
    }
  }

  @Test
  void readsEveryKindOfReply() throws IOException {
    try (RedisProcess redis = RedisProcess.start();
        RespConnection connection = redis.connect(TIMEOUT)) {
      assertThat(connection.call("INCR", "n")).isEqualTo(1L);
      assertThat(connection.call("GET", "absent")).isNull();
      assertThat(connection.call("RPUSH", "list", "a", "é")).isEqualTo(2L);
      assertThat(connection.call("LRANGE", "list", "0", "-1")).isEqualTo(List.of("a", "é"));
      assertThatThrownBy(() -> connection.call("NOSUCH"))
          .isInstanceOf(RespConnection.RespError.class)
          .hasMessageContaining("unknown command");
      connection.call("MULTI");
      connection.call("INCR", "list");
      assertThat(connection.call("EXEC"))
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .first()
          .isInstanceOf(RespConnection.RespError.class);
    }
  }

  @Test
  void showsTheServersWordsWhenItDoesNotStart() {
    assertThatThrownBy(() -> RedisProcess.builder().directive("no-such-directive", "1").start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no-such-directive");
  }

  @Test
  void namesTheArtifactOfAMissingBinary() {
    assertThatThrownBy(() -> RedisBinary.fromClasspath("redis-server-0", "g:a:1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("g:a:1");
  }

  @Test
  void unpacksOnceForItsOwnerOnly() throws IOException {
    Path path = RedisBinary.redis70().path();
    assertThat(path).isExecutable();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("r-x------");
    assertThat(RedisBinary.redis70().path()).isEqualTo(path);
  }
}
