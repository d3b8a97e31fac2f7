package io.emberwatch.collector.publish;

import io.emberwatch.collector.spool.WriterSchema;
import io.emberwatch.collector.spool.WriterSchemas;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.schemas.registry.RegistryException;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.serde.WireFormat;
import io.emberwatch.schemas.topic.TopicAdmin;
import io.emberwatch.schemas.topic.TopicSizing;
import io.emberwatch.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Connects to a cluster: creates the topics that are missing, once; finds or registers the schemas;
 * and makes a producer, with the secrets as they are then. Used by one thread.
 */
public final class ClusterConnector implements KafkaConnector {

  private static final Duration TOPIC_TIMEOUT = Duration.ofSeconds(30);

  /** Kafka's default of 32 MB is half of the collector's heap. */
  private static final long PRODUCER_BUFFER_BYTES = 8L << 20;

  private final ClientProperties properties;
  private final String clientId;
  private final Optional<TopicSizing> sizing;
  private final SchemaIds ids;
  private final WriterSchemas schemas;
  private boolean created;

  /**
   * A connector that has not connected.
   *
   * @param sizing of the topics to create; empty to create none
   * @throws org.apache.kafka.common.config.ConfigException if the producer's properties are wrong
   */
  public ClusterConnector(
      ClientProperties properties,
      String clientId,
      Optional<TopicSizing> sizing,
      SchemaIds ids,
      WriterSchemas schemas) {
    this.properties = properties;
    this.clientId = clientId;
    this.sizing = sizing;
    this.ids = ids;
    this.schemas = schemas;
    new ProducerConfig(producer());
  }

  @Override
  public Connection connect() throws Exception {
    Set<String> topics = topics();
    Map<WriterSchema, byte[]> headers = headers();
    Producer<String, byte[]> producer = new KafkaProducer<>(producer());
    try {
      topics.forEach(producer::partitionsFor);
      return new Connection(producer, headers, topics);
    } catch (RuntimeException away) {
      producer.close(Duration.ZERO);
      throw away;
    }
  }

  /** Those of the catalogue that exist and may be seen. */
  private Set<String> topics() throws Exception {
    try (Admin client = Admin.create(properties.admin(clientId))) {
      if (sizing.isPresent() && !created) {
        new TopicAdmin(client, TOPIC_TIMEOUT).create(sizing.get());
        created = true;
      }
      Set<String> names =
          client.listTopics().names().get(TOPIC_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (!names.contains(Topics.SAMPLES.name())) {
        throw new UnknownTopicOrPartitionException("no topic " + Topics.SAMPLES.name());
      }
      Set<String> ours = schemas.topics();
      ours.retainAll(names);
      return ours;
    }
  }

  private Map<WriterSchema, byte[]> headers() {
    Map<WriterSchema, byte[]> headers = new HashMap<>();
    for (WriterSchema written : schemas.written()) {
      headers.put(written, header(written));
    }
    for (WriterSchema found : schemas.found()) {
      try {
        headers.put(found, header(found));
      } catch (RegistryException refusal) {
        // Of an older collector, and refused for good: its records are dropped and counted.
        if (refusal.retriable()) {
          throw refusal;
        }
        headers.put(found, new byte[0]);
      }
    }
    return headers;
  }

  private byte[] header(WriterSchema name) {
    Schema schema = schemas.find(name).orElseThrow();
    return WireFormat.header(ids.idOf(name.topic() + "-value", schema));
  }

  private Map<String, Object> producer() {
    Map<String, Object> all = properties.producer(clientId);
    all.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, PRODUCER_BUFFER_BYTES);
    // With more, a broker that just became leader can take the second batch of a new client before
    // the first (KAFKA-15591): 42 of 377,575 records of OutageRun came out of order.
    all.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return all;
  }
}
