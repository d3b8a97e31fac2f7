package io.emberwatch.local.containers;

import io.emberwatch.local.journey.AlerterDatabase;
import io.emberwatch.local.journey.PipelineJourney;
import io.emberwatch.local.journey.RedisAddress;
import io.emberwatch.local.journey.RedisPair;
import io.emberwatch.local.journey.Servers;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import io.emberwatch.schemas.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The journey on official images. Containers reach each other by name, this JVM by mapped port. */
@Tag("containers")
@EnabledIf(value = "dockerAnswers", disabledReason = "no Docker engine answers")
final class PipelineContainersIT extends PipelineJourney {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);

  /** Images are pulled before; this is for their start. */
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private static final String KAFKA_IN_NETWORK = "kafka:19092";
  private static final int REGISTRY_PORT = 8081;
  private static final int REDIS_PORT = 6379;

  /** A pair's containers and what they must say of themselves. */
  private record PairOfContainers(
      Image image,
      Engine engine,
      String version,
      GenericContainer<?> primary,
      GenericContainer<?> replica) {

    RedisPair started() {
      return new RedisPair(image.key(), engine, version, address(primary), address(replica));
    }
  }

  static boolean dockerAnswers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  @Override
  protected Servers start(ShutdownSequence resources, Path folder) {
    Network network = resources.add("network", CLOSE_LIMIT, Network.newNetwork());
    KafkaContainer kafka = resources.add("kafka", CLOSE_LIMIT, kafka(network));
    GenericContainer<?> registry = resources.add("registry", CLOSE_LIMIT, registry(network, kafka));
    PostgreSQLContainer postgres =
        resources.add(
            "postgres", CLOSE_LIMIT, new PostgreSQLContainer(Image.POSTGRES.dockerName()));
    List<PairOfContainers> pairs =
        List.of(
            pair(network, Image.REDIS_6_2, Engine.REDIS, "6.2."),
            pair(network, Image.REDIS_7_4, Engine.REDIS, "7.4."),
            pair(network, Image.REDIS_8, Engine.REDIS, "8."),
            pair(network, Image.VALKEY_8, Engine.VALKEY, "8."));
    List<GenericContainer<?>> all = new ArrayList<>(List.of(registry, postgres));
    pairs.stream().flatMap(pair -> Stream.of(pair.primary(), pair.replica())).forEach(all::add);
    pairs.forEach(pair -> resources.add(pair.image().key(), CLOSE_LIMIT, pair.primary()));
    pairs.forEach(pair -> resources.add(pair.image().key(), CLOSE_LIMIT, pair.replica()));
    Startables.deepStart(all).join();
    return new Servers(
        kafka.getBootstrapServers(),
        "http://" + registry.getHost() + ":" + registry.getMappedPort(REGISTRY_PORT),
        new AlerterDatabase(
            postgres.getJdbcUrl(),
            postgres.getUsername(),
            Secret.ofValue("test", postgres.getPassword())),
        pairs.stream().map(PairOfContainers::started).toList());
  }

  private static KafkaContainer kafka(Network network) {
    return new KafkaContainer(Image.KAFKA.dockerName())
        .withNetwork(network)
        .withListener(KAFKA_IN_NETWORK)
        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
        .withStartupTimeout(START_LIMIT);
  }

  private static GenericContainer<?> registry(Network network, KafkaContainer kafka) {
    return new GenericContainer<>(Image.SCHEMA_REGISTRY.dockerName())
        .withNetwork(network)
        .withNetworkAliases("schema-registry")
        .withExposedPorts(REGISTRY_PORT)
        .withEnv("SCHEMA_REGISTRY_HOST_NAME", "schema-registry")
        .withEnv("SCHEMA_REGISTRY_LISTENERS", "http://0.0.0.0:" + REGISTRY_PORT)
        .withEnv("SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS", "PLAINTEXT://" + KAFKA_IN_NETWORK)
        .withEnv("SCHEMA_REGISTRY_KAFKASTORE_TOPIC_REPLICATION_FACTOR", "1")
        .withEnv("SCHEMA_REGISTRY_SCHEMA_COMPATIBILITY_LEVEL", "backward_transitive")
        .waitingFor(
            Wait.forHttp("/subjects").forPort(REGISTRY_PORT).withStartupTimeout(START_LIMIT))
        .dependsOn(kafka);
  }

  private static PairOfContainers pair(
      Network network, Image image, Engine engine, String version) {
    String primaryName = image.key().replace('.', '-') + "-primary";
    GenericContainer<?> primary =
        redis(network, image)
            .withNetworkAliases(primaryName)
            .withCommand(
                "--maxmemory",
                Long.toString(RedisPair.MAX_MEMORY_BYTES),
                "--maxmemory-policy",
                "allkeys-lru",
                "--notify-keyspace-events",
                "KEA",
                "--repl-diskless-sync-delay",
                "0");
    GenericContainer<?> replica =
        redis(network, image)
            .withCommand("--replicaof", primaryName, Integer.toString(REDIS_PORT))
            .dependsOn(primary);
    return new PairOfContainers(image, engine, version, primary, replica);
  }

  /** The images' entry points put the server's name before options. */
  private static GenericContainer<?> redis(Network network, Image image) {
    return new GenericContainer<>(image.dockerName())
        .withNetwork(network)
        .withExposedPorts(REDIS_PORT)
        .waitingFor(
            Wait.forLogMessage(".*Ready to accept connections.*", 1)
                .withStartupTimeout(START_LIMIT));
  }

  private static RedisAddress address(GenericContainer<?> server) {
    return new RedisAddress(server.getHost(), server.getMappedPort(REDIS_PORT));
  }
}
