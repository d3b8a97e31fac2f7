package io.emberwatch.local.pipeline;

import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.serde.AvroDeserializer;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the values of one topic, one after another, in the test's own thread. */
public final class TopicTail<V extends SpecificRecord> implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final AvroDeserializer<V> reader;

  private TopicTail(Topic<String, V> topic, ClientProperties properties, SchemaIds ids) {
    this.consumer =
        new KafkaConsumer<>(
            properties.consumer("tail-" + topic.name(), "tail"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    this.reader = AvroSerde.of(topic, ids).deserializer();
    this.partitions =
        consumer.partitionsFor(topic.name(), CALL_LIMIT).stream()
            .map(part -> new TopicPartition(topic.name(), part.partition()))
            .toList();
    consumer.assign(partitions);
  }

  /** Reads all that is on the topic, and what comes. */
  public static <V extends SpecificRecord> TopicTail<V> fromStart(
      Topic<String, V> topic, ClientProperties properties, SchemaIds ids) {
    TopicTail<V> tail = new TopicTail<>(topic, properties, ids);
    tail.consumer.seekToBeginning(tail.partitions);
    return tail;
  }

  /** Reads what is published after this returns. */
  public static <V extends SpecificRecord> TopicTail<V> fromNow(
      Topic<String, V> topic, ClientProperties properties, SchemaIds ids) {
    TopicTail<V> tail = new TopicTail<>(topic, properties, ids);
    tail.consumer.seekToEnd(tail.partitions);
    tail.partitions.forEach(partition -> tail.consumer.position(partition, CALL_LIMIT));
    return tail;
  }

  /** The next value that fits; those before it are skipped. Empty when none comes in time. */
  public Optional<V> await(Predicate<V> fits, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        V value = reader.deserialize(record.topic(), record.value());
        if (value != null && fits.test(value)) {
          return Optional.of(value);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
