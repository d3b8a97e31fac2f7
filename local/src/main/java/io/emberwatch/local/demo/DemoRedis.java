package io.emberwatch.local.demo;

import io.emberwatch.embedded.redis.RedisProcess;
import java.util.List;

/**
 * The servers that the demo breaks: a primary with little memory and few clients, and its replica.
 */
final class DemoRedis implements AutoCloseable {

  /** Bytes the primary may use: small, so that it is filled within a second. */
  static final long MAX_MEMORY_BYTES = 64L << 20;

  /** Clients the primary accepts, replicas and the collector included. */
  static final int MAX_CLIENTS = 200;

  private final RedisProcess primary;
  private final RedisProcess replica;

  private DemoRedis(RedisProcess primary, RedisProcess replica) {
    this.primary = primary;
    this.replica = replica;
  }

  /**
   * Starts both and returns when they answer; nothing is left running when one of them does not.
   */
  static DemoRedis start() {
    RedisProcess primary =
        RedisProcess.builder()
            .directive("maxmemory", Long.toString(MAX_MEMORY_BYTES))
            .directive("maxmemory-policy", "allkeys-lru")
            .directive("maxclients", Integer.toString(MAX_CLIENTS))
            .directive("notify-keyspace-events", "KEA")
            .directive("repl-diskless-sync-delay", "0")
            .start();
    try {
      return new DemoRedis(primary, RedisProcess.builder().replicaOf(primary).start());
    } catch (RuntimeException e) {
      primary.close();
      throw e;
    }
  }

  RedisProcess primary() {
    return primary;
  }

  RedisProcess replica() {
    return replica;
  }

  /** Both as {@code host:port}. */
  List<String> addresses() {
    return List.of(address(primary), address(replica));
  }

  static String address(RedisProcess server) {
    return server.host() + ":" + server.port();
  }

  @Override
  public void close() {
    try (primary) {
      replica.close();
    }
  }
}
