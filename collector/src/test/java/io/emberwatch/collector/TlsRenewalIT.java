package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TlsSettings;
import io.emberwatch.collector.target.TlsSettings.Verify;
import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.TargetState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are renewed while the collector runs: its own, and a server's. */
class TlsRenewalIT {

  @TempDir static Path folder;
  private static TlsRedis tls;
  private static Pipeline pipeline;

  @BeforeAll
  static void startPipeline() throws Exception {
    tls = new TlsRedis(folder);
    tls.ours().sign("renewed", "ip:127.0.0.1", 90);
    pipeline = new Pipeline(folder.resolve("pipeline"), Map.of());
  }

  @AfterAll
  static void stopPipeline() {
    if (pipeline != null) {
      pipeline.close();
    }
  }

  private static Target target(String group, int port, TlsSettings settings) {
    return Target.builder("it", group, "127.0.0.1", port)
        .pollInterval(Duration.ofSeconds(1))
        .tls(settings)
        .build();
  }

  @Test
  void takesUpARenewedCertificateAndKeyOfItsOwn() throws Exception {
    int port = FreePorts.next();
    Path chain = folder.resolve("rotated.crt");
    Path key = folder.resolve("rotated.key");
    Files.copy(tls.strangers().chain("client"), chain);
    Files.copy(tls.strangers().key("client"), key);
    TlsSettings rotated = tls.showing(chain, key);
    try (RedisProcess redis = tls.server(port, "yes").start()) {
      Target target = target("rotated", port, rotated);
      assertThat(redis.port()).as("of plain connections").isNotEqualTo(port);
      pipeline.watch(target);
      InstanceSample refused = pipeline.awaitState(target, TargetState.TLS_FAILED);
      assertThat(refused.getError()).contains("refused our client certificate");
      assertThat(pipeline.samplesOf(target))
          .extracting(InstanceSample::getState)
          .doesNotContain(TargetState.UP);

      Files.copy(tls.ours().chain("client"), chain, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(tls.ours().key("client"), key, StandardCopyOption.REPLACE_EXISTING);
      InstanceSample up = pipeline.awaitState(target, TargetState.UP);
      assertThat(daysLeft(up)).isBetween(29L, 30L);
      assertThat(pipeline.counter("emberwatch_collector_client_certificate_left_seconds", ""))
          .isBetween(29 * 86_400.0, 30 * 86_400.0);
    }
  }

  @Test
  void tellsTheRenewedCertificateOfAServerFromTheNextConnectionOn() throws Exception {
    int port = FreePorts.next();
    try (RedisProcess redis = tls.server(port, "no").start()) {
      Target target = target("renewed", port, TlsRedis.trusting(tls.ours(), Verify.FULL));
      pipeline.watch(target);
      InstanceSample before = pipeline.awaitState(target, TargetState.UP);
      assertThat(daysLeft(before)).isBetween(29L, 30L);

      redis.call(
          "CONFIG",
          "SET",
          "tls-cert-file",
          tls.ours().chain("renewed").toString(),
          "tls-key-file",
          tls.ours().key("renewed").toString());
      InstanceSample kept = pipeline.awaitState(target, TargetState.UP);
      assertThat(kept.getCollectorConnects()).isEqualTo(before.getCollectorConnects());
      assertThat(daysLeft(kept)).as("of a connection made before").isBetween(29L, 30L);

      redis.call("CLIENT", "KILL", "TYPE", "normal");
      InstanceSample after =
          await()
              .until(
                  () -> pipeline.awaitState(target, TargetState.UP),
                  sample -> sample.getCollectorConnects() > before.getCollectorConnects());
      assertThat(daysLeft(after)).isBetween(89L, 90L);
    }
  }

  private static long daysLeft(InstanceSample sample) {
    Instant end = sample.getTlsCertificateNotAfter();
    return end == null ? -1 : Duration.between(sample.getSampledAt(), end).toDays();
  }
}
