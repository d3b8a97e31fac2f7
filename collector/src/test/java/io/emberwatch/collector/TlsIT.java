package io.emberwatch.collector;

import static io.emberwatch.collector.TlsRedis.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.target.Credentials;
import io.emberwatch.collector.target.KeyspaceEvents;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TlsSettings;
import io.emberwatch.collector.target.TlsSettings.Verify;
import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.TargetState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS against a real server; skipped where the server on the PATH was built without it. */
class TlsIT {

  @TempDir static Path folder;
  private static TlsRedis tls;
  private static Pipeline pipeline;

  @BeforeAll
  static void startPipeline() throws Exception {
    tls = new TlsRedis(folder);
    pipeline = new Pipeline(folder.resolve("pipeline"), Map.of());
  }

  @AfterAll
  static void stopPipeline() {
    if (pipeline != null) {
      pipeline.close();
    }
  }

  private static Target target(String group, String host, int port, TlsSettings settings) {
    return Target.builder("it", group, host, port)
        .pollInterval(Duration.ofSeconds(1))
        .tls(settings)
        .build();
  }

  @Test
  void trustsTheRightAuthorityForTheRightName() throws Exception {
    int port = FreePorts.next();
    try (RedisProcess redis = tls.server(port, "no").start()) {
      assertThat(redis.isAlive()).isTrue();
      Target good = target("good", "127.0.0.1", port, trusting(tls.ours(), Verify.FULL));
      Target stranger =
          target("stranger", "127.0.0.1", port, trusting(tls.strangers(), Verify.FULL));
      Target otherName = target("name", "localhost", port, trusting(tls.ours(), Verify.FULL));
      Target anyName = target("any-name", "localhost", port, trusting(tls.ours(), Verify.CHAIN));
      Target anyone = target("anyone", "localhost", port, trusting(tls.strangers(), Verify.NONE));
      Target plain = Target.of("it", "plain", "127.0.0.1", port);
      Target runtime =
          target(
              "runtime",
              "127.0.0.1",
              port,
              new TlsSettings(Optional.empty(), Optional.empty(), Verify.FULL));
      pipeline.watch(good, stranger, otherName, anyName, anyone, plain, runtime);
      assertStates(TargetState.UP, good, anyName, anyone);
      assertStates(TargetState.TLS_FAILED, stranger, otherName, runtime);
      await().until(() -> !pipeline.samplesOf(plain).isEmpty());
      assertThat(pipeline.samplesOf(plain)).noneMatch(s -> s.getState() == TargetState.UP);
      assertThat(first(stranger).getError()).isNotBlank();
      assertThat(first(good).getServer().getRunId())
          .isEqualTo(first(anyName).getServer().getRunId());
    }
  }

  @Test
  void showsItsOwnCertificateWhereOneIsAskedFor() throws Exception {
    int port = FreePorts.next();
    try (RedisProcess redis = tls.server(port, "yes").start()) {
      assertThat(redis.isAlive()).isTrue();
      Target shown = target("shown", "127.0.0.1", port, tls.showing(tls.ours()));
      Target unsigned = target("unsigned", "127.0.0.1", port, tls.showing(tls.strangers()));
      Target none = target("none", "127.0.0.1", port, trusting(tls.ours(), Verify.FULL));
      pipeline.watch(shown, unsigned, none);
      assertStates(TargetState.UP, shown);
      assertStates(TargetState.TLS_FAILED, unsigned, none);
    }
  }

  /** A plain connection: what is rotated is the password. */
  @Test
  void takesUpANewPasswordAndKeepsTheConnectionMeanwhile() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "old");
    try (RedisProcess redis =
        RedisProcess.builder()
            .binary(RedisBinary.redis70())
            .directive("user", "monitor", "on", ">old", "~*", "&*", "+@all")
            .start()) {
      Target target =
          Target.builder("it", "password", "127.0.0.1", redis.port())
              .pollInterval(Duration.ofMillis(300))
              .credentials(new Credentials(Optional.of("monitor"), Secret.ofFile(password)))
              .build();
      pipeline.watch(target);
      InstanceSample before = pipeline.awaitState(target, TargetState.UP);
      assertThat(before.getTlsCertificateNotAfter()).isNull();
      redis.call("ACL", "SETUSER", "monitor", "resetpass", ">new");
      InstanceSample meanwhile = pipeline.awaitState(target, TargetState.UP);
      assertThat(meanwhile.getCollectorConnects()).isEqualTo(before.getCollectorConnects());

      redis.call("CLIENT", "KILL", "USER", "monitor");
      InstanceSample refused = pipeline.awaitState(target, TargetState.AUTH_FAILED);
      assertThat(refused.getError()).contains("WRONGPASS").doesNotContain("old");
      Files.writeString(password, "new");
      InstanceSample after = pipeline.awaitState(target, TargetState.UP);
      long logins = after.getCollectorConnects() - before.getCollectorConnects();
      long refusals =
          pipeline.samplesOf(target).stream()
              .filter(sample -> sample.getState() == TargetState.AUTH_FAILED)
              .count();
      // Two a failed poll would be a storm; the backoff makes them fewer than the polls.
      assertThat(logins).isBetween(2L, refusals + 1);
    }
  }

  @Test
  void subscribesOverTlsWithALogin() throws Exception {
    int port = FreePorts.next();
    try (RedisProcess redis =
        tls.server(port, "yes")
            .directive("notify-keyspace-events", "KEA")
            .directive("user", "default", "on", "nopass", "~*", "&*", "+@all")
            .directive(
                "user",
                "listener",
                "on",
                ">pw",
                "&__keyevent@*__:*",
                "+info",
                "+ping",
                "+config|get",
                "+psubscribe")
            .start()) {
      Target target = listening(port, "pw");
      pipeline.watch(target);
      await().until(() -> latest(target).getNotifications() != null);
      redis.call("SET", "user:1", "x");
      await().until(() -> latest(target).getNotifications().getReceived() == 1);
      assertThat(latest(target).getNotifications().getNotifyKeyspaceEvents()).isEqualTo("AKE");
      await().until(() -> pipeline.windows().stream().anyMatch(w -> w.getTotal() == 1));

      Target wrong = listening(port, "guess");
      pipeline.watch(wrong);
      InstanceSample refused = pipeline.awaitState(wrong, TargetState.AUTH_FAILED);
      assertThat(refused.getNotifications()).isNull();
    }
  }

  private static Target listening(int port, String password) throws Exception {
    return Target.builder("it", "listening", "127.0.0.1", port)
        .pollInterval(Duration.ofMillis(500))
        .credentials(new Credentials(Optional.of("listener"), Secret.ofValue("test", password)))
        .tls(tls.showing(tls.ours()))
        .keyspaceEvents(KeyspaceEvents.DEFAULTS)
        .build();
  }

  private static void assertStates(TargetState expected, Target... targets) {
    for (Target target : targets) {
      await(target.instanceId())
          .atMost(Duration.ofSeconds(20))
          .until(() -> !pipeline.samplesOf(target).isEmpty());
      assertThat(first(target).getState())
          .as("%s: %s", target.group(), first(target).getError())
          .isEqualTo(expected);
    }
  }

  private static InstanceSample first(Target target) {
    return pipeline.samplesOf(target).get(0);
  }

  private static InstanceSample latest(Target target) {
    List<InstanceSample> samples =
        await().until(() -> pipeline.samplesOf(target), s -> !s.isEmpty());
    return samples.get(samples.size() - 1);
  }
}
