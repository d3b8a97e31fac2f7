package io.emberwatch.bench;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads samples and checks their numbers: each key's go up by one from 0. */
final class Arrivals implements AutoCloseable {

  private final Map<String, Object> properties;
  private final AvroSerde<InstanceSample> serde;
  private final Map<String, Long> newest;
  private final Thread thread = new Thread(this::read, "arrivals");
  private volatile boolean closed;
  private long count;
  private long repeated;
  private long missing;
  private Instant freshSince = Instant.MAX;
  private long fresh;
  private double sumSeconds;
  private double maxSeconds;

  Arrivals(Map<String, Object> properties, SchemaIds ids, int keys) {
    this.properties = properties;
    this.serde = AvroSerde.of(Topics.SAMPLES, ids);
    this.newest = new HashMap<>(2 * keys);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** All that arrived. */
  synchronized long count() {
    return count;
  }

  /** Those that had arrived before, or out of their order. */
  synchronized long repeated() {
    return repeated;
  }

  /** Numbers that were left out. */
  synchronized long missing() {
    return missing;
  }

  /** Measures the age at arrival of samples taken from now on. */
  synchronized void watchFreshness(Instant since) {
    freshSince = since;
    fresh = 0;
    sumSeconds = 0;
    maxSeconds = 0;
  }

  /** Age of these samples. */
  synchronized String freshness() {
    return "%d samples, mean %.2f s, max %.2f s"
        .formatted(fresh, sumSeconds / Math.max(1, fresh), maxSeconds);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void read() {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.SAMPLES.name()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      // Not as a member of a group: that would begin anew after the outage.
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!closed) {
        consumer.poll(Duration.ofMillis(50)).forEach(this::take);
      }
    }
  }

  private synchronized void take(ConsumerRecord<String, byte[]> record) {
    InstanceSample sample =
        Objects.requireNonNull(
            serde.deserializer().deserialize(Topics.SAMPLES.name(), record.value()));
    count++;
    long number = sample.getSequence();
    long last = newest.getOrDefault(record.key(), -1L);
    if (number <= last) {
      repeated++;
      return;
    }
    missing += number - last - 1;
    newest.put(record.key(), number);
    if (sample.getSampledAt().isAfter(freshSince)) {
      double seconds = Duration.between(sample.getSampledAt(), Instant.now()).toNanos() / 1e9;
      fresh++;
      sumSeconds += seconds;
      maxSeconds = Math.max(maxSeconds, seconds);
    }
  }
}
