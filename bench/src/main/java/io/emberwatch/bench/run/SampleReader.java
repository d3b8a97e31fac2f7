package io.emberwatch.bench.run;

import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.kafka.RegistrySettings;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads every sample of the topic from its beginning, on a thread of its own. */
final class SampleReader implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final KafkaServers kafka;
  private final Consumer<InstanceSample> taker;
  private final Thread thread = new Thread(this::read, "samples");
  private volatile @Nullable CountDownLatch wanted;
  private volatile boolean closed;

  /** Begins to read; the topic must exist. */
  SampleReader(KafkaServers kafka, Consumer<InstanceSample> taker) {
    this.kafka = kafka;
    this.taker = taker;
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits until all that is in the topic now has been taken. */
  void drain() {
    CountDownLatch reached = new CountDownLatch(1);
    wanted = reached;
    Waiting.until("the samples that are left", LIMIT, () -> reached.getCount() == 0);
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    AvroSerde<InstanceSample> serde =
        AvroSerde.of(
            Topics.SAMPLES,
            SchemaRegistryClient.of(RegistrySettings.plain(kafka.registry()).properties()));
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            new ClientProperties(KafkaSettings.plain(kafka.bootstrap())).consumer("bench", "bench"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.SAMPLES.name()).stream()
              .map(part -> new TopicPartition(part.topic(), part.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = Map.of();
      while (!closed) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                record ->
                    taker.accept(
                        Objects.requireNonNull(
                            serde.deserializer().deserialize(record.topic(), record.value()))));
        CountDownLatch asked = wanted;
        if (asked != null && ends.isEmpty()) {
          ends = consumer.endOffsets(partitions);
        } else if (asked != null && isAt(consumer, ends)) {
          wanted = null;
          ends = Map.of();
          asked.countDown();
        }
      }
    }
  }

  private static boolean isAt(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
