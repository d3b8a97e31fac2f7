package io.emberwatch.collector.fleet;

import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The group member of one collector. docs/decisions/0011 has the reasons: the classic protocol,
 * since the broker's one has a session timeout of 45 s or more; cooperative and sticky, so that a
 * rebalance stops no polling but of the partitions that move; no static membership, so that a
 * collector that stops is replaced at once.
 */
final class FleetConsumer {

  private FleetConsumer() {}

  static Consumer<String, byte[]> open(
      FleetSettings settings, KafkaSettings kafka, String clientId) {
    Map<String, Object> properties =
        new ClientProperties(kafka).consumer(clientId, settings.group());
    int takeoverMillis = (int) settings.takeover().toMillis();
    properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, GroupProtocol.CLASSIC.name());
    properties.remove(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG);
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    properties.put(
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) settings.sessionTimeout().toMillis());
    properties.put(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) settings.heartbeatInterval().toMillis());
    // A collector that beats but does not look at its partitions is to lose them as soon.
    properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, takeoverMillis);
    return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
