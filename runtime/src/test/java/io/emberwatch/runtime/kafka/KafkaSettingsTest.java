package io.emberwatch.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.runtime.config.ConfigProblem;
import io.emberwatch.runtime.config.ConfigReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

final class KafkaSettingsTest {

  private static final String SECURE =
      """
      bootstrap-servers: k1:9092, k2:9092
      security.protocol: SASL_SSL
      sasl.mechanism: SCRAM-SHA-512
      sasl.jaas.config: {env: JAAS}
      ssl.keystore.password: {env: STORE}
      producer: {linger.ms: 5}
      consumer: {max.poll.records: 100}
      admin: {retries: 3}
      streams: {num.stream.threads: 2}
      """;

  private static ConfigReader reader(String yaml) {
    return ConfigReader.ofYaml("k.yaml", yaml, Map.of("JAAS", "hunter2", "STORE", "hunter3"));
  }

  private static KafkaSettings read(String yaml) {
    ConfigReader reader = reader(yaml);
    KafkaSettings settings = KafkaSettings.read(reader);
    reader.check();
    return settings;
  }

  @Test
  void givesAnIdempotentProducerThatKafkaAccepts() {
    Map<String, Object> properties = new ClientProperties(read(SECURE)).producer("publisher");
    assertThat(properties)
        .containsEntry("bootstrap.servers", "k1:9092,k2:9092")
        .containsEntry("client.id", "publisher")
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true)
        .containsEntry("compression.type", "lz4")
        .containsEntry("linger.ms", "5")
        .containsEntry("delivery.timeout.ms", 30_000)
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.jaas.config", "hunter2")
        .doesNotContainKey("max.poll.records");
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    assertThat(new ProducerConfig(properties).getLong("linger.ms")).isEqualTo(5);
  }

  @Test
  void givesAConsumerThatReadsCommittedAndDoesNotCommitByItself() {
    Map<String, Object> properties =
        new ClientProperties(read(SECURE)).consumer("intake", "alerts");
    assertThat(properties)
        .containsEntry("group.id", "alerts")
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("enable.auto.commit", false)
        .containsEntry("auto.offset.reset", "earliest")
        .containsEntry("session.timeout.ms", 10_000)
        .containsEntry("max.poll.records", "100");
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    assertThat(new ConsumerConfig(properties).getInt("max.poll.records")).isEqualTo(100);
  }

  /** Kafka refuses the key there. */
  @Test
  void leavesTheSessionTimeoutOfTheNewGroupProtocolToTheBroker() {
    Map<String, Object> properties =
        new ClientProperties(
                read("bootstrap-servers: [a:1]\nconsumer: {group.protocol: consumer}\n"))
            .consumer("intake", "alerts");
    assertThat(properties).doesNotContainKey("session.timeout.ms");
  }

  @Test
  void givesAnAdminClientWithShortTimeouts() {
    Map<String, Object> properties = new ClientProperties(read(SECURE)).admin("topics");
    AdminClientConfig config = new AdminClientConfig(properties);
    assertThat(config.getInt("default.api.timeout.ms")).isEqualTo(15_000);
    assertThat(config.getInt("request.timeout.ms")).isEqualTo(5_000);
    assertThat(config.getInt("retries")).isEqualTo(3);
  }

  @Test
  void givesStreamsTheClientsPropertiesUnderTheirPrefixes() {
    assertThat(new ClientProperties(read(SECURE)).streams("emberwatch-processor"))
        .containsEntry("application.id", "emberwatch-processor")
        .containsEntry("producer.linger.ms", "5")
        .containsEntry("producer.compression.type", "lz4")
        .containsEntry("consumer.max.poll.records", "100")
        .containsEntry("admin.retries", "3")
        .containsEntry("num.stream.threads", "2")
        .containsEntry("sasl.jaas.config", "hunter2")
        .doesNotContainKeys("producer.acks", "producer.enable.idempotence", "client.id");
  }

  @Test
  void readsSecretsAgainAtEachCallAndNeverShowsThem() {
    KafkaSettings settings = read(SECURE);
    assertThat(settings.toString())
        .contains("SCRAM-SHA-512")
        .contains("ssl.keystore.password=Secret[env STORE]")
        .doesNotContain("hunter2")
        .doesNotContain("hunter3");
  }

  @Test
  void refusesInlinePasswordsAndWhatTheGuaranteesRestOn() {
    ConfigReader reader =
        reader(
            """
            bootstrap-servers: kafka
            bootstrap.servers: x:1
            sasl.jaas.config: hunter2
            securty: SSL
            producer: {acks: 1}
            consumer: {isolation.level: read_uncommitted}
            """);
    KafkaSettings.read(reader);
    Map<Integer, String> byLine = new LinkedHashMap<>();
    for (ConfigProblem problem : reader.problems()) {
      byLine.put(problem.place().line(), problem.key() + ": " + problem.message());
    }
    assertThat(byLine.get(1)).contains("\"kafka\" is not host:port");
    assertThat(byLine.get(2)).startsWith("bootstrap.servers: is set by Emberwatch");
    assertThat(byLine.get(3)).contains("must not be written here").doesNotContain("hunter2");
    assertThat(byLine.get(4)).startsWith("securty: unknown key");
    assertThat(byLine.get(5)).startsWith("producer.acks: is set by Emberwatch");
    assertThat(byLine.get(6)).startsWith("consumer.isolation.level: is set by Emberwatch");
    assertThat(byLine).hasSize(6);
  }

  @Test
  void passesTheRegistrysPropertiesByTheirOwnNames() {
    ConfigReader reader =
        reader(
            """
            schema.registry.url: http://a:8081,http://b:8081
            basic.auth.user.info: {env: JAAS}
            auto.register.schemas: false
            """);
    RegistrySettings registry = RegistrySettings.read(reader);
    reader.check();
    assertThat(registry.properties())
        .containsOnly(
            Map.entry("schema.registry.url", "http://a:8081,http://b:8081"),
            Map.entry("basic.auth.user.info", "hunter2"),
            Map.entry("auto.register.schemas", "false"));
    assertThat(registry.toString()).doesNotContain("hunter2");

    ConfigReader empty = reader("");
    RegistrySettings.read(empty);
    assertThat(empty.problems()).singleElement().asString().contains("schema.registry.url");
  }

  @Test
  void refusesCredentialsInTheRegistrysUrl() {
    ConfigReader reader = reader("schema.registry.url: http://me:hunter2@a:8081\n");
    RegistrySettings.read(reader);
    assertThat(reader.problems())
        .singleElement()
        .asString()
        .contains("basic.auth.user.info")
        .doesNotContain("hunter2");
  }
}
