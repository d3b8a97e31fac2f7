package io.emberwatch.collector.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.target.Credentials;
import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.runtime.config.Secret;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LoginIT {

  private static final String PASSWORD = "open sesame";

  /** Lettuce logs in on a thread of its own: one connection in a hundred was not yet active. */
  @Test
  void handsOutOnlyConnectionsThatCanBeUsed() throws Exception {
    try (RedisProcess redis = RedisProcess.builder().password(PASSWORD).start();
        RedisConnector connector = new RedisConnector("it", Duration.ofSeconds(5))) {
      Credentials login = new Credentials(Optional.empty(), Secret.ofValue("test", PASSWORD));
      Target target =
          Target.builder("it", "login", redis.host(), redis.port()).credentials(login).build();
      for (int i = 0; i < 1_000; i++) {
        ProbeOutcome<byte[]> pong =
            connector
                .connect(target)
                .thenCompose(
                    made -> made.bytes(CommandType.PING).whenComplete((a, b) -> made.close()))
                .get(10, TimeUnit.SECONDS);
        assertThat(pong).as("connection %d", i).isInstanceOf(Answered.class);
      }
    }
  }
}
