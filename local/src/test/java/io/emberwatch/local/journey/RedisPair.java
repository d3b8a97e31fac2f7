package io.emberwatch.local.journey;

import io.emberwatch.schemas.Engine;

/**
 * A primary and its replica. The primary has {@link #MAX_MEMORY_BYTES} of memory and tells its
 * keyspace events.
 *
 * @param name of the replication group: letters, digits, dots and dashes
 * @param engine that both run
 * @param version what the version that they say starts with
 */
public record RedisPair(
    String name, Engine engine, String version, RedisAddress primary, RedisAddress replica) {

  /** Small, so that it is filled within a second or two. */
  public static final long MAX_MEMORY_BYTES = 64L << 20;

  /** For the names of parametrised tests. */
  @Override
  public String toString() {
    return name;
  }
}
