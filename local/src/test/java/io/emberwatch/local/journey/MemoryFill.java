package io.emberwatch.local.journey;

import io.emberwatch.embedded.redis.RespConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A fault that every release of every engine knows: a server nearly full. Closing empties it. */
final class MemoryFill implements AutoCloseable {

  private static final int VALUE_BYTES = 32 << 10;

  /** Above the critical level of {@code memory_high}, below eviction. */
  private static final double LEVEL = 0.92;

  /** Far more than memory holds: a server that does not fill ends the test, not its machine. */
  private static final int MOST_KEYS = 10_000;

  private final RedisAddress server;

  MemoryFill(RedisAddress server) {
    this.server = server;
  }

  /** Returns when the server is nearly full. */
  void inject() throws IOException {
    byte[] value = new byte[VALUE_BYTES];
    Arrays.fill(value, (byte) 'x');
    try (RespConnection connection = server.connect()) {
      for (int key = 0; usedBytes(connection) < LEVEL * RedisPair.MAX_MEMORY_BYTES; key++) {
        if (key > MOST_KEYS) {
          throw new IllegalStateException(server + " does not fill");
        }
        connection.call(List.of(bytes("SET"), bytes("journey:fill:" + key), value));
      }
    }
  }

  private static long usedBytes(RespConnection connection) throws IOException {
    return connection
        .text("INFO", "memory")
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("INFO has no field used_memory"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    try (RespConnection connection = server.connect()) {
      connection.call("FLUSHALL");
    }
  }
}
