package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.info.Samples;
import io.emberwatch.collector.publish.ClusterConnector;
import io.emberwatch.collector.publish.PublishSettings;
import io.emberwatch.collector.publish.RecordPublisher;
import io.emberwatch.collector.spool.SpoolSettings;
import io.emberwatch.collector.spool.WriterSchemas;
import io.emberwatch.embedded.broker.EmbeddedBroker;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.registry.InMemorySchemas;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.TopicSizing;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real broker that is away: before the first record, between records, and over a restart of the
 * collector. {@code OutageRun} in bench does the same for ten minutes.
 */
class SpoolIT {

  private static final int KEYS = 20;
  private static final String PREFIX = "emberwatch.collector.";

  private final Path folder;
  private final InMemorySchemas ids = new InMemorySchemas();
  private final ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
  private final long[] sequences = new long[KEYS];
  private SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private EmbeddedBroker broker;
  private final String bootstrap;

  SpoolIT(@TempDir Path folder) {
    this.folder = folder;
    this.broker = startBroker(folder);
    this.bootstrap = broker.bootstrapServers();
  }

  @AfterEach
  void stop() {
    load.shutdownNow();
    broker.close();
  }

  private static EmbeddedBroker startBroker(Path folder) {
    return EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder.resolve("broker")));
  }

  private RecordPublisher publisher(long spoolBytes) {
    WriterSchemas schemas = new WriterSchemas();
    registry = new SimpleMeterRegistry();
    RecordPublisher publisher =
        new RecordPublisher(
            new ClusterConnector(
                new ClientProperties(KafkaSettings.plain(bootstrap)),
                "it",
                Optional.of(TopicSizing.uniform(1, 3)),
                ids,
                schemas),
            schemas,
            new PublishSettings(
                10_000,
                Duration.ofSeconds(2),
                new SpoolSettings(folder.resolve("spool"), spoolBytes)),
            registry,
            Clock.systemUTC());
    publisher.start(List.of(Topics.SAMPLES));
    return publisher;
  }

  private void offer(RecordPublisher publisher, int index, String error) {
    InstanceSample sample = Samples.empty();
    int key = index % KEYS;
    sample.setInstanceId("k" + key);
    sample.setSequence(sequences[key]++);
    sample.setError(error);
    assertThat(publisher.offer(Topics.SAMPLES, "k" + key, sample, null)).isPresent();
  }

  /** Offers 500 samples a second until the future is cancelled. */
  private ScheduledFuture<?> steadily(RecordPublisher publisher) {
    return load.scheduleAtFixedRate(
        () -> {
          for (int i = 0; i < KEYS; i++) {
            offer(publisher, i, "x");
          }
        },
        0,
        1_000_000_000L * KEYS / 500,
        TimeUnit.NANOSECONDS);
  }

  private void end(ScheduledFuture<?> steady) {
    steady.cancel(false);
    await().until(steady::isDone);
    // The one that may have been under way.
    await().until(() -> load.submit(() -> true).get());
  }

  private double counter(String name) {
    return registry.find(PREFIX + "records." + name).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private double gauge(String name) {
    return registry.get(PREFIX + name).gauge().value();
  }

  private void assertLaw() {
    assertThat(counter("offered") + counter("recovered"))
        .isEqualTo(
            counter("published")
                + counter("dropped")
                + gauge("in.flight")
                + gauge("spool.records"));
  }

  /** Sequences by key in the order of their arrival. */
  private Map<String, List<Long>> arrived(int expected) {
    Map<String, List<Long>> arrived = new TreeMap<>();
    AvroSerde<InstanceSample> serde = AvroSerde.of(Topics.SAMPLES, ids);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            new ClientProperties(KafkaSettings.plain(bootstrap)).consumer("r", "r" + expected),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.SAMPLES.name()));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(100))
                    .forEach(
                        record ->
                            arrived
                                .computeIfAbsent(record.key(), key -> new ArrayList<>())
                                .add(sequence(serde, record.value())));
                return arrived.values().stream().mapToInt(List::size).sum() >= expected;
              });
    }
    return arrived;
  }

  private static long sequence(AvroSerde<InstanceSample> serde, byte[] value) {
    return Objects.requireNonNull(serde.deserializer().deserialize(Topics.SAMPLES.name(), value))
        .getSequence();
  }

  @Test
  void everySampleArrivesInOrderHoweverOftenKafkaIsAway() {
    broker.close();
    RecordPublisher first = publisher(256_000_000);
    ScheduledFuture<?> steady = steadily(first);
    await().until(() -> gauge("spool.records") > 500);
    assertThat(first.check().ok()).isFalse();
    broker = startBroker(folder);
    await().atMost(Duration.ofSeconds(30)).until(() -> counter("published") > 1000);
    assertThat(first.check().ok()).isTrue();
    broker.close();
    double before = counter("offered");
    await().until(() -> counter("offered") > before + 1000);
    end(steady);
    first.close();
    assertThat(gauge("in.flight")).isZero();
    assertThat(gauge("spool.records")).isPositive();
    assertLaw();

    RecordPublisher second = publisher(256_000_000);
    ScheduledFuture<?> more = steadily(second);
    await().until(() -> gauge("spool.records") > counter("recovered"));
    broker = startBroker(folder);
    await().atMost(Duration.ofSeconds(30)).until(() -> gauge("spool.records") == 0);
    end(more);
    await().until(() -> gauge("in.flight") == 0);
    assertThat(counter("dropped")).isZero();
    assertLaw();
    second.close();

    long all = LongStream.of(sequences).sum();
    Map<String, List<Long>> arrived = arrived((int) all);
    for (int key = 0; key < KEYS; key++) {
      // A record that arrived although its answer got lost is sent again.
      assertThat(Objects.requireNonNull(arrived.get("k" + key)).stream().distinct())
          .isEqualTo(LongStream.range(0, sequences[key]).boxed().toList());
    }
  }

  @Test
  void aSmallSpoolLosesTheOldestAndCountsEachOfThem() {
    RecordPublisher publisher = publisher(1_000_000);
    offer(publisher, 0, "x");
    await().atMost(Duration.ofSeconds(30)).until(() -> counter("published") == 1);
    broker.close();
    Random random = new Random(1);
    int offered = 6000;
    for (int i = 1; i < offered; i++) {
      offer(
          publisher,
          i,
          random
              .ints(1000, 33, 127)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString());
    }
    await().until(() -> counter("dropped") > 0 && gauge("spool.bytes") > 900_000);
    broker = startBroker(folder);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> gauge("spool.records") == 0 && gauge("in.flight") == 0);
    publisher.close();

    int dropped = (int) counter("dropped");
    assertThat(counter("published")).isEqualTo(offered - dropped);
    assertLaw();
    Map<String, List<Long>> arrived = arrived(offered - dropped);
    assertThat(arrived.values().stream().mapToInt(List::size).sum()).isEqualTo(offered - dropped);
    assertThat(arrived.values()).allSatisfy(list -> assertThat(list).isSorted());
  }
}
