package io.emberwatch.runtime.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Properties for each kind of Kafka client: Emberwatch's defaults, under the user's. Serializers
 * and deserializers are for the caller to add. The maps hold secrets: never log one; each call
 * reads the secrets again and returns a fresh mutable map.
 */
public final class ClientProperties {

  /**
   * Gives up on a record after 30 s, not 120 s: the caller spools or fails then, and a pipeline
   * that alerts within a minute must know by then. At least request timeout and linger.
   */
  private static final int DELIVERY_TIMEOUT_MILLIS = 30_000;

  private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

  /**
   * A send waits this long for metadata or buffer space, so that the caller's thread is bounded.
   */
  private static final int MAX_BLOCK_MILLIS = 5_000;

  /** Gathers a burst into one batch, and adds at most this to an alert's seconds. */
  private static final int LINGER_MILLIS = 20;

  /**
   * The successor of a consumer that was killed gets its partitions after this; Kafka's own 45 s
   * would be 45 s without a page. Long enough for a pause of the JVM or the network.
   */
  private static final int SESSION_TIMEOUT_MILLIS = 10_000;

  /** Admin calls are few and someone waits for them. */
  private static final int ADMIN_TIMEOUT_MILLIS = 15_000;

  private static final int ADMIN_REQUEST_TIMEOUT_MILLIS = 5_000;

  private final KafkaSettings settings;

  public ClientProperties(KafkaSettings settings) {
    this.settings = settings;
  }

  /** Idempotent, acks=all, lz4, linger 20 ms, a send fails after 30 s. */
  public Map<String, Object> producer(String clientId) {
    Map<String, Object> properties = common(clientId);
    properties.putAll(producerDefaults());
    properties.putAll(settings.producer().resolve());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return properties;
  }

  /** Reads committed records from the earliest offset, session 10 s; the caller commits. */
  public Map<String, Object> consumer(String clientId, String groupId) {
    Map<String, Object> properties = common(clientId);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.putAll(settings.consumer().resolve());
    if (!isNextGeneration(properties)) {
      properties.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
    }
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return properties;
  }

  /** With {@code group.protocol: consumer} the session timeout is the broker's. */
  private static boolean isNextGeneration(Map<String, Object> properties) {
    Object protocol = properties.getOrDefault(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    return GroupProtocol.CONSUMER.name().equalsIgnoreCase(protocol.toString());
  }

  /** Fails after 15 s; one request after 5 s. */
  public Map<String, Object> admin(String clientId) {
    Map<String, Object> properties = common(clientId);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MILLIS);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_REQUEST_TIMEOUT_MILLIS);
    properties.putAll(settings.admin().resolve());
    return properties;
  }

  /**
   * A base for Kafka Streams: the clients' properties under its {@code producer.}, {@code
   * consumer.} and {@code admin.} prefixes, then the {@code streams} section. Guarantee and
   * topology settings are the caller's; acks, idempotence, isolation and commits are Streams' own.
   */
  public Map<String, Object> streams(String applicationId) {
    Map<String, Object> properties = bootstrap();
    properties.put("application.id", applicationId);
    prefixed("producer.", producerDefaults(), properties);
    prefixed("producer.", settings.producer().resolve(), properties);
    properties.put("consumer." + ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    prefixed("consumer.", settings.consumer().resolve(), properties);
    prefixed("admin.", settings.admin().resolve(), properties);
    properties.putAll(settings.streams().resolve());
    return properties;
  }

  private Map<String, Object> common(String clientId) {
    Map<String, Object> properties = bootstrap();
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    return properties;
  }

  private Map<String, Object> bootstrap() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        String.join(",", settings.bootstrapServers()));
    properties.putAll(settings.common().resolve());
    return properties;
  }

  private static Map<String, Object> producerDefaults() {
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    defaults.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    defaults.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
    defaults.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
    defaults.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    return defaults;
  }

  private static void prefixed(String prefix, Map<String, Object> from, Map<String, Object> into) {
    from.forEach((key, value) -> into.put(prefix + key, value));
  }
}
