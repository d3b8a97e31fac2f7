package io.emberwatch.local.demo;

import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Incident;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.serde.AvroDeserializer;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.serde.SerdeException;
import io.emberwatch.schemas.topic.Topic;
import io.emberwatch.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the breaches and incidents that the pipeline publishes from now on. */
final class TopicWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final Journal<Breach> breaches;
  private final Journal<Incident> incidents;
  private final AvroDeserializer<Breach> breachReader;
  private final AvroDeserializer<Incident> incidentReader;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Thread thread;

  private TopicWatch(ClientProperties properties, SchemaIds ids, Clock clock) {
    this.breaches = new Journal<>(clock);
    this.incidents = new Journal<>(clock);
    this.breachReader = AvroSerde.of(Topics.BREACHES, ids).deserializer();
    this.incidentReader = AvroSerde.of(Topics.INCIDENTS, ids).deserializer();
    this.consumer =
        new KafkaConsumer<>(
            properties.consumer("demo-watch", "emberwatch-demo"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    this.thread = new Thread(this::follow, "demo-watch");
    this.thread.setDaemon(true);
  }

  /** Everything published after this returns is seen. */
  static TopicWatch start(ClientProperties properties, SchemaIds ids, Clock clock) {
    TopicWatch watch = new TopicWatch(properties, ids, clock);
    try {
      watch.seekToEnd();
    } catch (RuntimeException e) {
      watch.consumer.close();
      throw e;
    }
    watch.thread.start();
    return watch;
  }

  Journal<Breach> breaches() {
    return breaches;
  }

  Journal<Incident> incidents() {
    return incidents;
  }

  private void seekToEnd() {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic<?, ?> topic : List.of(Topics.BREACHES, Topics.INCIDENTS)) {
      consumer
          .partitionsFor(topic.name(), START_LIMIT)
          .forEach(part -> partitions.add(new TopicPartition(topic.name(), part.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    for (TopicPartition partition : partitions) {
      consumer.position(partition, START_LIMIT);
    }
  }

  private void follow() {
    try (consumer) {
      while (true) {
        for (ConsumerRecord<String, byte[]> arrived : consumer.poll(POLL)) {
          record(arrived);
        }
      }
    } catch (WakeupException e) {
      LOG.debug("event=demo_watch_closed");
    }
  }

  private void record(ConsumerRecord<String, byte[]> arrived) {
    if (arrived.topic().equals(Topics.BREACHES.name())) {
      read(breachReader, arrived, breaches);
    } else {
      read(incidentReader, arrived, incidents);
    }
  }

  private static <V extends SpecificRecord> void read(
      AvroDeserializer<V> reader, ConsumerRecord<String, byte[]> arrived, Journal<V> journal) {
    try {
      V value = reader.deserialize(arrived.topic(), arrived.value());
      if (value != null) {
        journal.add(value);
      }
    } catch (SerdeException e) {
      LOG.warn(
          "event=demo_record_unreadable topic={} offset={} reason=\"{}\"",
          arrived.topic(),
          arrived.offset(),
          e.getMessage());
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
