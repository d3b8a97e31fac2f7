package io.emberwatch.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.embedded.broker.EmbeddedBroker;
import io.emberwatch.embedded.registry.EmbeddedRegistry;
import io.emberwatch.processor.fixture.TestSample;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.kafka.RegistrySettings;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.ReplicaLink;
import io.emberwatch.schemas.ReplicaState;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.Transition;
import io.emberwatch.schemas.UpstreamSection;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topic;
import io.emberwatch.schemas.topic.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stages that a driver with one partition cannot prove, on a real broker with the catalogue's
 * partitions: members of a group lie in different partitions of the samples and must meet in one of
 * the repartition topics.
 */
class ReplicationGroupsIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final List<String> GROUPS = List.of("cache-1", "cache-2", "cache-3", "cache-4");
  private static final int MEMBERS = 2 * GROUPS.size();

  @TempDir private Path folder;
  private EmbeddedBroker broker;
  private EmbeddedRegistry registry;
  private SchemaRegistryClient schemas;
  private ClientProperties clients;
  private ProcessorApp app;
  private KafkaProducer<String, InstanceSample> producer;
  private KafkaConsumer<String, Signals> signals;
  private KafkaConsumer<String, Breach> breaches;
  private KafkaConsumer<String, Health> healths;
  private final List<Breach> fired = new ArrayList<>();
  private final Map<String, @Nullable Health> latest = new HashMap<>();
  private final Set<Integer> partitions = new HashSet<>();
  private int derived;

  /** Event time of the rounds: the past, so that a minute takes no minute. */
  private final double start = Instant.now().toEpochMilli() / 1e3 - 600;

  private int round;
  private long sequence;

  @BeforeEach
  void startPipeline() throws Exception {
    broker = EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder.resolve("broker")));
    registry = EmbeddedRegistry.start(EmbeddedRegistry.Settings.in(folder.resolve("registry")));
    schemas = SchemaRegistryClient.of(Map.of("schema.registry.url", registry.url()));
    clients = new ClientProperties(KafkaSettings.plain(broker.bootstrapServers()));
    app =
        new ProcessorApp(
            ProcessorConfig.local(
                KafkaSettings.plain(broker.bootstrapServers()),
                RegistrySettings.plain(registry.url()),
                folder.resolve("state")));
    app.start();
    producer =
        new KafkaProducer<>(
            clients.producer("test"),
            new StringSerializer(),
            AvroSerde.of(Topics.SAMPLES, schemas).serializer());
    signals = consumer(Topics.SIGNALS);
    breaches = consumer(Topics.BREACHES);
    healths = consumer(Topics.HEALTH);
  }

  @AfterEach
  void stopPipeline() {
    signals.close();
    breaches.close();
    healths.close();
    producer.close();
    app.close();
    registry.close();
    broker.close();
  }

  @Test
  void aLostReplicaIsABreachOfItsGroupAndShowsInEachHealthUntilItReturns() throws Exception {
    rounds(3, true);
    awaitHealth("prod", HealthState.HEALTHY);
    assertThat(partitions).as("partitions of the samples in use").hasSizeGreaterThan(3);
    assertThat(fired).isEmpty();

    rounds(6, false);
    for (String group : GROUPS) {
      awaitBreach("replica_missing", "prod/" + group, Transition.FIRING);
      awaitBreach("instance_down", id(group, "b"), Transition.FIRING);
      // Critical at once for the lost member; the rules that fire follow, once folded.
      Health health =
          awaitHealth(
              "prod/" + group,
              found ->
                  found.getState() == HealthState.CRITICAL
                      && found
                          .getFiringRules()
                          .containsAll(List.of("instance_down", "replica_missing")));
      assertThat(health.getInstances()).isEqualTo(2);
      assertThat(health.getReachable()).isEqualTo(1);
      assertThat(health.getPrimaries()).isEqualTo(1);
    }
    awaitHealth(
        "prod",
        found -> found.getState() == HealthState.CRITICAL && found.getInstances() == MEMBERS);

    rounds(3, true);
    for (String group : GROUPS) {
      awaitBreach("replica_missing", "prod/" + group, Transition.RESOLVED);
      awaitHealth("prod/" + group, HealthState.HEALTHY);
    }
    awaitHealth("prod", HealthState.HEALTHY);
    // No group was split over partitions: half a group would have had no primary.
    assertThat(fired)
        .extracting(Breach::getRuleId)
        .containsOnly("replica_missing", "instance_down");
    assertThat(fired).filteredOn(b -> b.getTransition() == Transition.FIRING).hasSize(MEMBERS);
    assertScraped();
  }

  @Test
  void silenceIsABreachByTheClockAndShowsInEachHealth() throws Exception {
    double now = Instant.now().toEpochMilli() / 1e3;
    send(id("cache-1", "a"), impatient(primary("cache-1", now, true)));
    awaitSignals(1);

    awaitBreach("collector_stale", id("cache-1", "a"), Transition.FIRING);
    awaitHealth(id("cache-1", "a"), HealthState.SILENT);
    awaitHealth("prod/cache-1", HealthState.SILENT);
    awaitHealth("prod", HealthState.SILENT);

    // Patient from now on, or it would be silent again before the fleet is folded.
    now = Instant.now().toEpochMilli() / 1e3;
    send(id("cache-1", "a"), primary("cache-1", now, true));
    awaitBreach("collector_stale", id("cache-1", "a"), Transition.RESOLVED);
    awaitHealth("prod", HealthState.HEALTHY);
  }

  /** Each round is read before the next is sent, so that the partitions cannot drift apart. */
  private void rounds(int count, boolean whole) throws Exception {
    for (int i = 0; i < count; i++) {
      round++;
      double time = start + round * (double) TestSample.POLL_INTERVAL_SECONDS;
      for (String group : GROUPS) {
        send(id(group, "a"), primary(group, time, whole));
        send(id(group, "b"), replica(group, time, whole));
      }
      awaitSignals(MEMBERS);
    }
  }

  private void send(String key, InstanceSample sample) throws Exception {
    partitions.add(
        producer
            .send(new ProducerRecord<>(Topics.SAMPLES.name(), key, sample))
            .get(30, TimeUnit.SECONDS)
            .partition());
  }

  private InstanceSample primary(String group, double time, boolean whole) {
    InstanceSample sample = member(TestSample.at(++sequence, time), group, "a");
    ReplicaLink link = new ReplicaLink();
    link.setState(ReplicaState.ONLINE);
    sample.setReplicas(whole ? List.of(link) : List.of());
    return sample;
  }

  private InstanceSample replica(String group, double time, boolean whole) {
    if (!whole) {
      return member(TestSample.failed(++sequence, time, TargetState.UNREACHABLE), group, "b");
    }
    InstanceSample sample = member(TestSample.at(++sequence, time), group, "b");
    UpstreamSection upstream = new UpstreamSection();
    upstream.setMasterLinkUp(true);
    sample.getReplication().setUpstream(upstream);
    sample.setRole(Role.REPLICA);
    return sample;
  }

  private static InstanceSample member(InstanceSample sample, String group, String host) {
    sample.setInstanceId(id(group, host));
    sample.setGroup(group);
    sample.setLabels(Map.of("expected-replicas", "1"));
    return sample;
  }

  /** Polled each second, so that three missed polls take three seconds. */
  private static InstanceSample impatient(InstanceSample sample) {
    sample.setPollIntervalMillis(1000L);
    sample.setReplicas(List.of());
    sample.setLabels(Map.of());
    return sample;
  }

  private static String id(String group, String host) {
    return "prod/" + group + "/" + host + ":6379";
  }

  private void awaitSignals(int more) {
    int wanted = derived + more;
    Awaitility.await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              derived += signals.poll(Duration.ofMillis(100)).count();
              return derived >= wanted;
            });
  }

  private void awaitBreach(String rule, String scope, Transition transition) {
    Awaitility.await(rule + " " + transition + " of " + scope)
        .atMost(TIMEOUT)
        .until(
            () -> {
              for (ConsumerRecord<String, Breach> record : breaches.poll(Duration.ofMillis(100))) {
                assertThat(record.key()).isEqualTo(record.value().getScopeId());
                fired.add(record.value());
              }
              return fired.stream()
                  .anyMatch(
                      breach ->
                          breach.getRuleId().equals(rule)
                              && breach.getScopeId().equals(scope)
                              && breach.getTransition() == transition);
            });
  }

  private void awaitHealth(String scope, HealthState state) {
    awaitHealth(scope, health -> health.getState() == state);
  }

  private Health awaitHealth(String scope, Predicate<Health> wanted) {
    Awaitility.await("health of " + scope)
        .atMost(TIMEOUT)
        .until(
            () -> {
              healths
                  .poll(Duration.ofMillis(100))
                  .forEach(record -> latest.put(record.key(), record.value()));
              Health health = latest.get(scope);
              return health != null && wanted.test(health);
            });
    return Objects.requireNonNull(latest.get(scope));
  }

  /**
   * What the README promises of the metrics page, with a name of each source. Those of tasks come a
   * minute after the start, which is too long to wait for here.
   */
  private void assertScraped() throws Exception {
    URI metrics = app.adminUri().resolve("/metrics");
    String page =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(metrics).timeout(TIMEOUT).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    assertThat(page)
        .contains("emberwatch_processor_samples_total{")
        .contains("emberwatch_processor_samples_clamped_total")
        .contains("emberwatch_processor_breaches_total{")
        .contains("emberwatch_processor_signals_late_total{")
        .contains("emberwatch_processor_threads_replaced_total")
        .contains("kafka_stream_thread_process_rate")
        .contains("kafka_consumer_fetch_manager_records_lag_max");
  }

  private <V extends SpecificRecord> KafkaConsumer<String, V> consumer(Topic<String, V> topic) {
    KafkaConsumer<String, V> consumer =
        new KafkaConsumer<>(
            clients.consumer("test", "test-" + topic.name()),
            new StringDeserializer(),
            AvroSerde.of(topic, schemas).deserializer());
    consumer.subscribe(List.of(topic.name()));
    return consumer;
  }
}
