package io.emberwatch.local.journey;

import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.serde.AvroDeserializer;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The newest sample of each instance on the topic, read as a stranger would. One thread only. */
final class LatestSamples implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, InstanceSample> byInstance = new HashMap<>();
  private final AvroDeserializer<InstanceSample> reader;
  private final KafkaConsumer<String, byte[]> consumer;

  LatestSamples(ClientProperties properties, SchemaIds ids) {
    this.reader = AvroSerde.of(Topics.SAMPLES, ids).deserializer();
    this.consumer =
        new KafkaConsumer<>(
            properties.consumer("journey", "emberwatch-journey"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.SAMPLES.name()).stream()
            .map(part -> new TopicPartition(part.topic(), part.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** The newest sample of an instance, after a look at what has come since the last call. */
  Optional<InstanceSample> of(String instanceId) {
    for (ConsumerRecord<String, byte[]> arrived : consumer.poll(POLL)) {
      keep(arrived);
    }
    return Optional.ofNullable(byInstance.get(instanceId));
  }

  private void keep(ConsumerRecord<String, byte[]> arrived) {
    InstanceSample sample = reader.deserialize(arrived.topic(), arrived.value());
    if (sample == null) {
      throw new IllegalStateException("a sample without a value at offset " + arrived.offset());
    }
    byInstance.put(arrived.key(), sample);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
