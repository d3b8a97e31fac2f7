package io.emberwatch.alerter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.emberwatch.alerter.FakeWebhook.Arrival;
import io.emberwatch.alerter.incident.IncidentPolicy;
import io.emberwatch.alerter.notify.ReceiverSettings;
import io.emberwatch.alerter.notify.WebhookSettings;
import io.emberwatch.embedded.broker.EmbeddedBroker;
import io.emberwatch.embedded.registry.EmbeddedRegistry;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.kafka.RegistrySettings;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.BreachKind;
import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.Evidence;
import io.emberwatch.schemas.Incident;
import io.emberwatch.schemas.IncidentEventKind;
import io.emberwatch.schemas.Scope;
import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Transition;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.TopicAdmin;
import io.emberwatch.schemas.topic.TopicSizing;
import io.emberwatch.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole alerter on a real broker, registry and H2 file, with a receiver that records. */
class AlerterIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final IncidentPolicy AT_ONCE =
      new IncidentPolicy(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(10));
  private static final String SECRET =
      "whsec_"
          + Base64.getEncoder()
              .encodeToString(
                  "a-secret-of-thirty-two-bytes-ok!".getBytes(StandardCharsets.US_ASCII));

  @TempDir private static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedRegistry registry;
  private static KafkaSettings kafka;
  private static KafkaProducer<byte[], byte[]> producer;
  private static AvroSerde<Breach> breaches;
  private static AvroSerde<Incident> incidents;

  private final String group = "group-" + UUID.randomUUID();
  private FakeWebhook webhook;
  private @Nullable AlerterApp app;
  private Path state;

  @BeforeAll
  static void startServers() {
    broker = EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder.resolve("broker")));
    registry = EmbeddedRegistry.start(EmbeddedRegistry.Settings.in(folder.resolve("registry")));
    kafka = KafkaSettings.plain(broker.bootstrapServers());
    ClientProperties properties = new ClientProperties(kafka);
    try (Admin admin = Admin.create(properties.admin("test"))) {
      new TopicAdmin(admin, Duration.ofSeconds(30)).create(TopicSizing.uniform(1, 2));
    }
    producer =
        new KafkaProducer<>(
            properties.producer("test"), new ByteArraySerializer(), new ByteArraySerializer());
    SchemaRegistryClient schemas =
        SchemaRegistryClient.of(RegistrySettings.plain(registry.url()).properties());
    breaches = AvroSerde.of(Topics.BREACHES, schemas);
    incidents = AvroSerde.of(Topics.INCIDENTS, schemas);
  }

  @AfterAll
  static void stopServers() {
    producer.close(Duration.ofSeconds(5));
    registry.close();
    broker.close();
  }

  @BeforeEach
  void startWebhook() throws Exception {
    webhook = new FakeWebhook(group);
    state = folder.resolve(UUID.randomUUID().toString());
  }

  @AfterEach
  void stop() {
    stopApp();
    webhook.close();
  }

  private void stopApp() {
    if (app != null) {
      app.close();
    }
  }

  @Test
  void tellsOfABreachOnceAndOfItsEndOnce() throws Exception {
    start();
    send(breach("memory_high", 1, Transition.FIRING));
    awaitTypes("incident.triggered");
    for (int i = 0; i < 100; i++) {
      send(breach("memory_high", 1, Transition.FIRING));
    }
    send(breach("memory_high", 2, Transition.RESOLVED));

    awaitTypes("incident.triggered", "incident.resolved");
    Arrival first = webhook.arrivals().get(0);
    assertThat(first.json().at("/data/alerts/0/evidence/0/text").asText()).isEqualTo("96 %");
    assertThat(first.json().at("/data/dedup_key").asText()).hasSize(64);
    new Webhook(SECRET).verify(first.body(), new java.util.HashMap<>(lowerCase(first.headers())));
    List<Incident> events = incidentEvents(first.json().at("/data/incident/id").asText());
    assertThat(events)
        .extracting(Incident::getEvent)
        .containsExactly(
            IncidentEventKind.OPENED,
            IncidentEventKind.TRIGGERED,
            IncidentEventKind.NOTED,
            IncidentEventKind.RESOLVED);
    assertThat(events).extracting(Incident::getRevision).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void retriesUnderTheSameIdUntilTheReceiverIsWell() throws Exception {
    webhook.then(500).then(503);
    start();
    send(breach("memory_high", 1, Transition.FIRING));

    awaitTypes("incident.triggered", "incident.triggered", "incident.triggered");
    assertThat(webhook.arrivals())
        .extracting(Arrival::id)
        .containsOnly(webhook.arrivals().get(0).id());
  }

  @Test
  void goesOnWhenTheReceiverHangs() throws Exception {
    webhook.thenHang();
    start();
    send(breach("memory_high", 1, Transition.FIRING));

    awaitTypes("incident.triggered", "incident.triggered");
    assertThat(webhook.arrivals()).extracting(Arrival::status).containsExactly(0, 200);
  }

  @Test
  void leavesAThrottlingReceiverAloneForAsLongAsItAsks() throws Exception {
    webhook.then(429, "retry-after", "2");
    start();
    Instant begin = Instant.now();
    send(breach("memory_high", 1, Transition.FIRING));

    awaitTypes("incident.triggered", "incident.triggered");
    assertThat(Duration.between(begin, Instant.now())).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void sendsWithTheLeastBodyWhatIsRefused() throws Exception {
    webhook.then(413);
    start();
    send(breach("memory_high", 1, Transition.FIRING));

    awaitTypes("incident.triggered", "incident.triggered");
    assertThat(webhook.arrivals().get(1).json().at("/data/alerts").isMissingNode()).isTrue();
  }

  @Test
  void keepsWhatIsOpenOverARestart() throws Exception {
    start();
    send(breach("memory_high", 1, Transition.FIRING));
    awaitTypes("incident.triggered");
    stopApp();

    start();
    send(breach("memory_high", 2, Transition.RESOLVED));

    awaitTypes("incident.triggered", "incident.resolved");
    assertThat(webhook.arrivals().get(1).json().at("/data/incident/id"))
        .isEqualTo(webhook.arrivals().get(0).json().at("/data/incident/id"));
  }

  @Test
  void pagesNobodyAboutWhatIsOverAtTheStart() throws Exception {
    send(breach("memory_high", 1, Transition.FIRING));
    send(breach("memory_high", 2, Transition.RESOLVED));
    send(breach("evictions", 1, Transition.FIRING));
    start();

    awaitTypes("incident.triggered");
    assertThat(webhook.arrivals().get(0).json().at("/data/alerts/0/rule").asText())
        .isEqualTo("evictions");
  }

  @Test
  void putsAPoisonRecordAsideAndMovesOn() throws Exception {
    start();
    byte[] key = scopeId().getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(Topics.BREACHES.name(), key, new byte[] {7, 7})).get();
    producer.send(new ProducerRecord<>(Topics.BREACHES.name(), key, null)).get();
    send(breach("memory_high", 1, Transition.FIRING));

    awaitTypes("incident.triggered");
  }

  private void start() throws Exception {
    WebhookSettings settings =
        new WebhookSettings(
            "hook", webhook.url(), List.of(Secret.ofValue("test", SECRET)), Duration.ofSeconds(2));
    AlerterConfig config =
        AlerterConfig.local(kafka, RegistrySettings.plain(registry.url()), state)
            .withIncidents(AT_ONCE)
            .withReceivers(List.of(ReceiverSettings.webhook(settings)))
            .withGroupId(group);
    AlerterApp started = new AlerterApp(config, Clock.systemUTC());
    app = started;
    started.start();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(started.checks()).isNotEmpty().allMatch(Check::ok));
  }

  private void awaitTypes(String... types) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(webhook.types()).containsExactly(types));
  }

  private void send(Breach breach) throws Exception {
    String topic = Topics.BREACHES.name();
    byte[] key = breach.getScopeId().getBytes(StandardCharsets.UTF_8);
    producer
        .send(new ProducerRecord<>(topic, key, breaches.serializer().serialize(topic, breach)))
        .get(10, TimeUnit.SECONDS);
  }

  private String scopeId() {
    return "prod/" + group + "/10.0.0.1:6379";
  }

  private Breach breach(String rule, long sequence, Transition transition) {
    Instant now = Instant.now();
    return Breach.newBuilder()
        .setScopeId(scopeId())
        .setScope(Scope.INSTANCE)
        .setFingerprint(rule + "@" + group)
        .setEpisodeId(rule + "@" + group + "#1")
        .setDetectorEpoch(1)
        .setSequence(sequence)
        .setRuleId(rule)
        .setKind(BreachKind.THRESHOLD)
        .setTransition(transition)
        .setSeverity(Severity.WARNING)
        .setCause(CauseClass.MEMORY)
        .setFleet("prod")
        .setGroup(group)
        .setInstanceId(scopeId())
        .setLabels(Map.of("owner", "payments"))
        .setStartedAt(now)
        .setFiredAt(now)
        .setOccurredAt(now)
        .setValue(0.96)
        .setThreshold(0.9)
        .setUnit("ratio")
        .setSummary("Memory is 96 % of maxmemory")
        .setRemediation("Raise maxmemory.")
        .setEvidence(
            List.of(
                Evidence.newBuilder().setName("mem_util").setValue(0.96).setText("96 %").build()))
        .setRefreshIntervalMillis(60_000)
        .build();
  }

  private static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
    Map<String, List<String>> result = new java.util.HashMap<>();
    headers.forEach((name, values) -> result.put(name.toLowerCase(java.util.Locale.ROOT), values));
    return result;
  }

  private static List<Incident> incidentEvents(String id) {
    List<Incident> events = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            new ClientProperties(kafka).consumer("test", "test"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          List.of(
              new TopicPartition(Topics.INCIDENTS.name(), 0),
              new TopicPartition(Topics.INCIDENTS.name(), 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(
                        record -> {
                          Incident incident =
                              incidents.deserializer().deserialize(record.topic(), record.value());
                          if (incident != null && incident.getIncidentId().equals(id)) {
                            events.add(incident);
                          }
                        });
                return events.stream().anyMatch(e -> e.getEvent() == IncidentEventKind.RESOLVED);
              });
    }
    return events;
  }
}
