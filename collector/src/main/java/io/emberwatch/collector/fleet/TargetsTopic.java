package io.emberwatch.collector.fleet;

import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.schemas.TargetDefinition;
import io.emberwatch.schemas.registry.RegistryException;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.serde.SerdeException;
import io.emberwatch.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic {@code emberwatch.targets} as a whole, for commands: without a group, so that reading
 * it takes nothing from a collector. Every call ends within the timeout.
 */
public final class TargetsTopic {

  private static final String CLIENT_ID = "emberwatch-targets";
  private static final Duration LOOK = Duration.ofMillis(200);

  private final KafkaSettings kafka;
  private final AvroSerde<TargetDefinition> serde;
  private final Duration timeout;

  /**
   * @param timeout bound on each call
   */
  public TargetsTopic(KafkaSettings kafka, SchemaIds ids, Duration timeout) {
    this.kafka = kafka;
    this.serde = AvroSerde.of(Topics.TARGETS, ids);
    this.timeout = timeout;
  }

  /**
   * What the topic holds.
   *
   * @param definitions by target id
   * @param unreadable keys whose last record is no definition, and why
   */
  public record Contents(
      SortedMap<String, TargetDefinition> definitions, SortedMap<String, String> unreadable) {

    public Contents {
      definitions = Collections.unmodifiableSortedMap(new TreeMap<>(definitions));
      unreadable = Collections.unmodifiableSortedMap(new TreeMap<>(unreadable));
    }
  }

  /**
   * Reads the topic to the end that it has now.
   *
   * @throws TargetsTopicException if Kafka or the registry does not answer in time
   */
  public Contents read() {
    Map<String, Object> properties = new ClientProperties(kafka).consumer(CLIENT_ID, CLIENT_ID);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      return decode(latest(consumer));
    } catch (KafkaException fault) {
      throw new TargetsTopicException(
          "cannot read " + Topics.TARGETS.name() + ": " + fault.getMessage(), fault);
    }
  }

  /**
   * Writes definitions, and tombstones for ids, and returns when Kafka has all of them.
   *
   * @throws TargetsTopicException if Kafka or the registry did not take all of them in time; some
   *     may have been taken, and writing again is harmless
   */
  public void write(Collection<TargetDefinition> definitions, Collection<String> removed) {
    try (Producer<String, @Nullable TargetDefinition> producer =
        new KafkaProducer<>(
            new ClientProperties(kafka).producer(CLIENT_ID),
            new StringSerializer(),
            serde.prepare().serializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (TargetDefinition definition : definitions) {
        sent.add(producer.send(record(definition.getTargetId(), definition)));
      }
      for (String id : removed) {
        sent.add(producer.send(record(id, null)));
      }
      producer.flush();
      for (Future<?> one : sent) {
        one.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException fault) {
      throw notWritten(fault.getCause());
    } catch (KafkaException | RegistryException | TimeoutException fault) {
      throw notWritten(fault);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw notWritten(stop);
    }
  }

  private static TargetsTopicException notWritten(@Nullable Throwable fault) {
    String why = fault == null ? "unknown" : String.valueOf(fault.getMessage());
    return new TargetsTopicException(
        "not everything was written to " + Topics.TARGETS.name() + ": " + why,
        fault == null ? new IllegalStateException(why) : fault);
  }

  private static ProducerRecord<String, @Nullable TargetDefinition> record(
      String id, @Nullable TargetDefinition definition) {
    return new ProducerRecord<>(Topics.TARGETS.name(), id, definition);
  }

  /** The last value of each key; a tombstone leaves none. */
  private SortedMap<String, byte[]> latest(Consumer<String, byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.TARGETS.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new TargetsTopicException(
          "the topic " + Topics.TARGETS.name() + " is missing; run: emberwatch topics create");
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    SortedMap<String, byte[]> latest = new TreeMap<>();
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      if (System.nanoTime() > deadlineNanos) {
        throw new TargetsTopicException(
            Topics.TARGETS.name()
                + " was not read to its end within "
                + timeout.toSeconds()
                + " s");
      }
      consumer.poll(LOOK).forEach(record -> keep(record, latest));
    }
    return latest;
  }

  private static void keep(ConsumerRecord<String, byte[]> record, Map<String, byte[]> into) {
    String key = String.valueOf(record.key());
    if (record.value() == null) {
      into.remove(key);
    } else {
      into.put(key, record.value());
    }
  }

  private Contents decode(SortedMap<String, byte[]> values) {
    SortedMap<String, TargetDefinition> definitions = new TreeMap<>();
    SortedMap<String, String> unreadable = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          try {
            TargetDefinition read = serde.deserializer().deserialize(Topics.TARGETS.name(), value);
            definitions.put(key, Objects.requireNonNull(read));
          } catch (SerdeException fault) {
            if (fault.retriable()) {
              throw fault;
            }
            unreadable.put(key, fault.code().name());
          }
        });
    return new Contents(definitions, unreadable);
  }
}
