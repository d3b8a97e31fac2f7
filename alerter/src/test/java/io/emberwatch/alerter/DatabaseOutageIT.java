package io.emberwatch.alerter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.alerter.incident.IncidentPolicy;
import io.emberwatch.alerter.notify.ReceiverSettings;
import io.emberwatch.alerter.notify.WebhookSettings;
import io.emberwatch.alerter.store.DatabaseSettings;
import io.emberwatch.embedded.broker.EmbeddedBroker;
import io.emberwatch.embedded.registry.EmbeddedRegistry;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.kafka.RegistrySettings;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.DeadLetter;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.TopicAdmin;
import io.emberwatch.schemas.topic.TopicSizing;
import io.emberwatch.schemas.topic.Topics;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away while the alerter runs, and comes back. */
class DatabaseOutageIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String GROUP = "alerter-outage";
  private static final String CACHE = "outage-cache";

  @TempDir private Path folder;
  private final ShutdownList servers = new ShutdownList();
  private EmbeddedPostgres postgres;
  private CuttableProxy proxy;
  private FakeWebhook webhook;
  private Admin admin;
  private KafkaProducer<byte[], byte[]> producer;
  private AvroSerde<Breach> breaches;
  private AvroSerde<DeadLetter> deadLetters;
  private ClientProperties clients;
  private AlerterApp app;

  @BeforeEach
  void start() throws Exception {
    postgres = servers.add(EmbeddedPostgres.start());
    proxy = servers.add(new CuttableProxy(postgres.getPort()));
    webhook = servers.add(new FakeWebhook(CACHE));
    EmbeddedBroker broker =
        servers.add(EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder.resolve("broker"))));
    EmbeddedRegistry registry =
        servers.add(
            EmbeddedRegistry.start(EmbeddedRegistry.Settings.in(folder.resolve("registry"))));
    KafkaSettings kafka = KafkaSettings.plain(broker.bootstrapServers());
    RegistrySettings schemas = RegistrySettings.plain(registry.url());
    clients = new ClientProperties(kafka);
    admin = servers.add(Admin.create(clients.admin("test")));
    new TopicAdmin(admin, PATIENCE).create(TopicSizing.uniform(1, 1));
    producer =
        servers.add(
            new KafkaProducer<>(
                clients.producer("test"), new ByteArraySerializer(), new ByteArraySerializer()));
    SchemaRegistryClient ids = SchemaRegistryClient.of(schemas.properties());
    breaches = AvroSerde.of(Topics.BREACHES, ids);
    deadLetters = AvroSerde.of(Topics.DEAD_LETTERS, ids);
    app = servers.add(new AlerterApp(config(kafka, schemas), Clock.systemUTC()));
    app.start();
    awaitHealthy();
  }

  @AfterEach
  void stop() throws Exception {
    servers.closeAll();
  }

  @Test
  void pausesWhileTheDatabaseIsAwayAndCatchesUpAfterwards() throws Exception {
    send("memory_high");
    awaitPages(1);

    proxy.cut();
    send("evictions");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(intake().ok()).isFalse());
    assertThat(intake().detail()).startsWith("paused");
    assertThat(members()).as("it stays in its group").isEqualTo(1);
    assertThat(webhook.arrivals()).hasSize(1);

    proxy.mend();
    awaitHealthy();
    awaitPages(2);
    assertThat(webhook.arrivals())
        .extracting(arrival -> arrival.json().at("/data/incident/cause").asText())
        .containsExactly("memory", "cpu");
    assertThat(deadLetters()).as("a good record is no dead letter").isEmpty();
  }

  @Test
  void putsPoisonAsideWithItsCoordinates() throws Exception {
    byte[] key = "poison".getBytes(StandardCharsets.UTF_8);
    byte[] poison = {7, 7, 7};
    RecordMetadata at =
        producer
            .send(new ProducerRecord<>(Topics.BREACHES.name(), key, poison))
            .get(10, TimeUnit.SECONDS);
    send("memory_high");
    awaitPages(1);

    DeadLetter letter = deadLetters().get(0);
    assertThat(letter.getTopic()).isEqualTo(Topics.BREACHES.name());
    assertThat(letter.getPartition()).isEqualTo(at.partition());
    assertThat(letter.getOffset()).isEqualTo(at.offset());
    assertThat(letter.getKind()).isEqualTo("deserialization");
    assertThat(letter.getService()).isEqualTo("alerter");
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(poison));
  }

  private AlerterConfig config(KafkaSettings kafka, RegistrySettings schemas) {
    AlerterConfig local = AlerterConfig.local(kafka, schemas, folder.resolve("state"));
    String url = "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres";
    WebhookSettings hook =
        new WebhookSettings("hook", webhook.url(), List.of(), Duration.ofSeconds(5));
    return new AlerterConfig(
        local.kafka(),
        local.registry(),
        local.admin(),
        GROUP,
        local.namespace(),
        new DatabaseSettings(url, "postgres", Optional.empty(), 8),
        new IncidentPolicy(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(10)),
        local.web(),
        List.of(ReceiverSettings.webhook(hook)));
  }

  private void send(String rule) throws Exception {
    Breach breach =
        BreachRecords.breach(rule, CACHE, Instant.now())
            .setCause(rule.equals("evictions") ? CauseClass.CPU : CauseClass.MEMORY)
            .build();
    String topic = Topics.BREACHES.name();
    byte[] key = breach.getScopeId().getBytes(StandardCharsets.UTF_8);
    producer
        .send(new ProducerRecord<>(topic, key, breaches.serializer().serialize(topic, breach)))
        .get(10, TimeUnit.SECONDS);
  }

  private Check intake() {
    return app.checks().stream()
        .filter(check -> check.component().equals("intake"))
        .findFirst()
        .orElseThrow();
  }

  private void awaitHealthy() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(app.checks()).isNotEmpty().allMatch(Check::ok));
  }

  private void awaitPages(int pages) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(webhook.arrivals()).hasSize(pages));
  }

  private int members() throws Exception {
    Map<String, ConsumerGroupDescription> groups =
        admin.describeConsumerGroups(List.of(GROUP)).all().get(10, TimeUnit.SECONDS);
    return Objects.requireNonNull(groups.get(GROUP)).members().size();
  }

  private List<DeadLetter> deadLetters() {
    List<DeadLetter> letters = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            clients.consumer("test", "test"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS.name(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                record ->
                    letters.add(
                        deadLetters.deserializer().deserialize(record.topic(), record.value())));
      }
    }
    return letters;
  }

  /** Closes in the opposite order. */
  private static final class ShutdownList {

    private final List<AutoCloseable> open = new ArrayList<>();

    <T extends AutoCloseable> T add(T server) {
      open.add(0, server);
      return server;
    }

    void closeAll() throws Exception {
      for (AutoCloseable one : open) {
        one.close();
      }
    }
  }
}
