package io.emberwatch.local.journey;

import io.emberwatch.embedded.broker.EmbeddedBroker;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.embedded.registry.EmbeddedRegistry;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import io.emberwatch.schemas.Engine;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The journey on processes of this machine: Redis of three ages, PostgreSQL, a KRaft broker. */
final class PipelineIT extends PipelineJourney {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  @Override
  protected Servers start(ShutdownSequence resources, Path folder) throws IOException {
    EmbeddedBroker broker =
        resources.add(
            "broker",
            CLOSE_LIMIT,
            EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder.resolve("broker"))));
    EmbeddedRegistry registry =
        resources.add(
            "registry",
            CLOSE_LIMIT,
            EmbeddedRegistry.start(EmbeddedRegistry.Settings.in(folder.resolve("registry"))));
    EmbeddedPostgres postgres = resources.add("postgres", CLOSE_LIMIT, EmbeddedPostgres.start());
    return new Servers(
        broker.bootstrapServers(),
        registry.url(),
        new AlerterDatabase(
            "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
            "postgres",
            Secret.ofValue("test", "postgres")),
        List.of(
            redis(resources, "redis-7.0", RedisBinary.redis70(), "7.0.15"),
            redis(resources, "redis-6.2", RedisBinary.redis62(), "6.2."),
            redis(resources, "redis-2.8", RedisBinary.redis28(), "2.8.19")));
  }

  private static RedisPair redis(
      ShutdownSequence resources, String name, RedisBinary binary, String version) {
    RedisProcess primary =
        resources.add(
            name + "-primary",
            CLOSE_LIMIT,
            RedisProcess.builder()
                .binary(binary)
                .directive("maxmemory", Long.toString(RedisPair.MAX_MEMORY_BYTES))
                .directive("maxmemory-policy", "allkeys-lru")
                .directive("notify-keyspace-events", "KEA")
                .start());
    RedisProcess replica =
        resources.add(
            name + "-replica",
            CLOSE_LIMIT,
            RedisProcess.builder().binary(binary).replicaOf(primary).start());
    return new RedisPair(name, Engine.REDIS, version, address(primary), address(replica));
  }

  private static RedisAddress address(RedisProcess server) {
    return new RedisAddress(server.host(), server.port());
  }
}
