package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.schedule.OneLook;
import io.emberwatch.collector.target.Credentials;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetBuilder;
import io.emberwatch.collector.target.TlsSettings;
import io.emberwatch.collector.target.TlsSettings.Verify;
import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.TargetState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that refuses our certificate under TLS 1.3 does so when our handshake is over and what
 * we ask is under way, in no fixed order: whatever comes first, the sample has to say TLS_FAILED.
 */
class TlsRefusalIT {

  private static final int TIMES = 20;

  private final int port = FreePorts.next();
  private final TlsRedis tls;
  private final RedisConnector connector = new RedisConnector("it", Duration.ofSeconds(5));

  TlsRefusalIT(@TempDir Path folder) throws Exception {
    tls = new TlsRedis(folder);
  }

  @AfterEach
  void closeConnections() {
    connector.close();
  }

  private TargetBuilder target(TlsSettings settings) {
    return Target.builder("it", "refused", "127.0.0.1", port).tls(settings);
  }

  private InstanceSample look(Target target) throws Exception {
    return OneLook.at(target, "it", connector, Duration.ofMillis(1), Clock.systemUTC()).sample();
  }

  private void assertRefused(TlsSettings settings, String error) throws Exception {
    Credentials login = new Credentials(Optional.empty(), Secret.ofValue("test", "pw"));
    try (RedisProcess redis = tls.server(port, "yes").start()) {
      assertThat(redis.isAlive()).isTrue();
      for (int i = 0; i < TIMES; i++) {
        for (Target each :
            new Target[] {target(settings).build(), target(settings).credentials(login).build()}) {
          InstanceSample sample = look(each);
          assertThat(sample.getState()).as(sample.getError()).isEqualTo(TargetState.TLS_FAILED);
          assertThat(sample.getError()).contains(error);
        }
      }
      assertThat(look(target(tls.showing(tls.ours())).build()).getState())
          .isEqualTo(TargetState.UP);
    }
  }

  @Test
  void saysThatAServerWantsACertificate() throws Exception {
    assertRefused(
        TlsRedis.trusting(tls.ours(), Verify.FULL), "refused us without a client certificate");
  }

  @Test
  void saysThatAServerRefusesTheCertificateOfAnotherAuthority() throws Exception {
    assertRefused(tls.showing(tls.strangers()), "refused our client certificate");
  }
}
