package io.emberwatch.local.journey;

import io.emberwatch.embedded.redis.RespConnection;
import java.io.IOException;
import java.time.Duration;

/** Where this JVM reaches a server. */
public record RedisAddress(String host, int port) {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  RespConnection connect() throws IOException {
    return RespConnection.open(host, port, TIMEOUT);
  }

  /** As {@code host:port}. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
