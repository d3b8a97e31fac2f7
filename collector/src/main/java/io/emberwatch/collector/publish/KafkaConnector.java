package io.emberwatch.collector.publish;

/** Makes connections to Kafka. */
public interface KafkaConnector {

  /**
   * A new connection that can send at once: topics, schema ids and metadata are there. May block
   * for seconds.
   *
   * @throws Exception when Kafka or the registry is away or refuses; the caller tries again later
   */
  Connection connect() throws Exception;
}
