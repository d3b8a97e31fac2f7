package io.emberwatch.collector;

import io.emberwatch.collector.publish.PublishSettings;
import io.emberwatch.collector.schedule.ProbeCadence;
import io.emberwatch.collector.schedule.WatchSettings;
import io.emberwatch.collector.spool.SpoolSettings;
import io.emberwatch.collector.target.FixedTargets;
import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.broker.EmbeddedBroker;
import io.emberwatch.embedded.registry.EmbeddedRegistry;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.kafka.RegistrySettings;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.KeyspaceEventSample;
import io.emberwatch.schemas.Slowlog;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topic;
import io.emberwatch.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** A collector with a real broker and registry, and what arrives on its topics. */
final class Pipeline implements AutoCloseable {

  private final Path folder;
  private final EmbeddedRegistry registry;
  private final FixedTargets targets = new FixedTargets(List.of(), Instant.now());
  private final List<InstanceSample> samples = new CopyOnWriteArrayList<>();
  private final List<String> traces = new CopyOnWriteArrayList<>();
  private final List<Slowlog> slowlog = new CopyOnWriteArrayList<>();
  private final List<KeyspaceEventSample> windows = new CopyOnWriteArrayList<>();
  private final CollectorApp app;
  private final String bootstrap;
  private EmbeddedBroker broker;
  private volatile boolean closed;
  private final Thread reader = new Thread(this::read, "reader");

  Pipeline(Path folder, Map<String, Object> settings) throws Exception {
    this.folder = folder;
    this.broker = startBroker();
    this.bootstrap = broker.bootstrapServers();
    this.registry =
        EmbeddedRegistry.start(EmbeddedRegistry.Settings.in(folder.resolve("registry")));
    CollectorConfig base =
        CollectorConfig.of(
            "it", KafkaSettings.plain(bootstrap), RegistrySettings.plain(registry.url()));
    CollectorConfig config =
        new CollectorConfig(
            base.collectorId(),
            base.targetsFile(),
            base.targetsReload(),
            base.fleet(),
            new WatchSettings(
                base.collectorId(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                0.5,
                Map.of("config", new ProbeCadence(Optional.of(Duration.ofSeconds(1)), false))),
            new PublishSettings(
                (int) settings.getOrDefault("max-in-flight", 10_000),
                Duration.ofSeconds(10),
                new SpoolSettings(folder.resolve("spool"), 256_000_000)),
            base.prometheus(),
            true,
            1,
            base.kafka(),
            base.registry(),
            base.admin());
    this.app = new CollectorApp(config, targets, Clock.systemUTC());
    app.start();
    reader.start();
  }

  void watch(Target... watched) {
    targets.replace(List.of(watched));
  }

  List<InstanceSample> samplesOf(Target target) {
    return samples.stream().filter(s -> s.getInstanceId().equals(target.instanceId())).toList();
  }

  List<String> traces() {
    return traces;
  }

  List<Slowlog> slowlog() {
    return slowlog;
  }

  List<KeyspaceEventSample> windows() {
    return windows;
  }

  CollectorApp app() {
    return app;
  }

  /** Waits for a sample in this state that comes after now. */
  InstanceSample awaitState(Target target, TargetState state) {
    int seen = samplesOf(target).size();
    Awaitility.await(target.instanceId() + " " + state)
        .atMost(Duration.ofSeconds(20))
        .until(() -> samplesOf(target).stream().skip(seen).anyMatch(s -> s.getState() == state));
    return samplesOf(target).stream()
        .skip(seen)
        .filter(s -> s.getState() == state)
        .findFirst()
        .orElseThrow();
  }

  void stopBroker() {
    broker.close();
  }

  void restartBroker() {
    broker = startBroker();
  }

  /** Sum of a counter over its tags, from the metrics page; only lines that hold {@code part}. */
  double counter(String name, String part) throws IOException, InterruptedException {
    URI uri = app.adminUri().resolve("/metrics");
    String page =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    return page.lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(part))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Override
  public void close() {
    app.close();
    closed = true;
    Awaitility.await().until(() -> !reader.isAlive());
    registry.close();
    broker.close();
  }

  private EmbeddedBroker startBroker() {
    return EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder.resolve("broker")));
  }

  private void read() {
    SchemaRegistryClient ids =
        SchemaRegistryClient.of(RegistrySettings.plain(registry.url()).properties());
    AvroSerde<InstanceSample> sampleSerde = AvroSerde.of(Topics.SAMPLES, ids);
    AvroSerde<Slowlog> slowlogSerde = AvroSerde.of(Topics.SLOWLOG, ids);
    AvroSerde<KeyspaceEventSample> windowSerde = AvroSerde.of(Topics.KEYSPACE_EVENTS, ids);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            new ClientProperties(KafkaSettings.plain(bootstrap)).consumer("it", "it"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(
          List.of(Topics.SAMPLES.name(), Topics.SLOWLOG.name(), Topics.KEYSPACE_EVENTS.name()));
      while (!closed) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> {
                  if (record.topic().equals(Topics.SAMPLES.name())) {
                    samples.add(decode(Topics.SAMPLES, sampleSerde, record.value()));
                    traces.add(
                        new String(
                            record.headers().lastHeader("emberwatch-trace").value(),
                            StandardCharsets.UTF_8));
                  } else if (record.topic().equals(Topics.KEYSPACE_EVENTS.name())) {
                    windows.add(decode(Topics.KEYSPACE_EVENTS, windowSerde, record.value()));
                  } else {
                    slowlog.add(decode(Topics.SLOWLOG, slowlogSerde, record.value()));
                  }
                });
      }
    }
  }

  private static <V extends SpecificRecord> V decode(
      Topic<String, V> topic, AvroSerde<V> serde, byte[] value) {
    return Objects.requireNonNull(serde.deserializer().deserialize(topic.name(), value));
  }
}
