package io.emberwatch.alerter.intake;

import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.serde.SerdeException;
import io.emberwatch.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the compacted topic of health from its start into {@link FleetHealth}, every partition and
 * without a group, since each alerter shows the whole fleet. Its steps run on one thread.
 */
public final class HealthConsumer implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<Health> deserializer;
  private final FleetHealth fleet;
  private final IntakeMetrics metrics;
  private Map<TopicPartition, Long> ends = Map.of();

  public HealthConsumer(
      Consumer<byte[], byte[]> consumer,
      Deserializer<Health> deserializer,
      FleetHealth fleet,
      IntakeMetrics metrics) {
    this.consumer = consumer;
    this.deserializer = deserializer;
    this.fleet = fleet;
    this.metrics = metrics;
  }

  /**
   * Reads what there is.
   *
   * @return whether to be called again at once
   * @throws RuntimeException when the broker or the registry does not answer; the same records are
   *     read again at the next step
   */
  public boolean step() {
    if (consumer.assignment().isEmpty() && !assigned()) {
      return false;
    }
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    for (TopicPartition partition : records.partitions()) {
      records.records(partition).forEach(record -> take(record));
    }
    if (!fleet.complete()
        && ends.entrySet().stream()
            .allMatch(end -> consumer.position(end.getKey(), CALL_LIMIT) >= end.getValue())) {
      fleet.markComplete();
    }
    return true;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CALL_LIMIT));
  }

  private boolean assigned() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.HEALTH.name(), CALL_LIMIT).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      return false;
    }
    ends = consumer.endOffsets(partitions, CALL_LIMIT);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return true;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      metrics.healthUnreadable();
      return;
    }
    String scopeId = new String(record.key(), StandardCharsets.UTF_8);
    try {
      fleet.put(scopeId, deserializer.deserialize(record.topic(), record.value()));
    } catch (SerdeException e) {
      if (e.code() == SerdeException.Code.REGISTRY) {
        consumer.seekToBeginning(consumer.assignment());
        throw e;
      }
      metrics.healthUnreadable();
    }
  }
}
