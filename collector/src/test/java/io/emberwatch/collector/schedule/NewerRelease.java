package io.emberwatch.collector.schedule;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.schemas.Engine;
import java.util.Optional;

/** Releases that no jar carries; the number is the major version. */
enum NewerRelease {
  REDIS_8(Engine.REDIS, 8),
  VALKEY_8(Engine.VALKEY, 8),
  VALKEY_9(Engine.VALKEY, 9);

  private final Engine engine;
  private final int major;

  NewerRelease(Engine engine, int major) {
    this.engine = engine;
    this.major = major;
  }

  Engine engine() {
    return engine;
  }

  int major() {
    return major;
  }

  boolean isValkey() {
    return engine == Engine.VALKEY;
  }

  /** Whether fields of a hash can expire: Redis since 7.4, Valkey since 9.0. */
  boolean expiresFields() {
    return this != VALKEY_8;
  }

  /** Its program; skips the test where there is none. */
  RedisBinary binary() {
    String file = (isValkey() ? "valkey-" : "redis-") + major;
    Optional<RedisBinary> found = RedisBinary.ofRelease(file);
    assumeTrue(
        found.isPresent(),
        () -> "no " + file + " in the folder that EMBERWATCH_SERVERS names; see docs/testing.md");
    return found.orElseThrow();
  }
}
