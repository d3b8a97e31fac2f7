package io.emberwatch.processor.topology;

import io.emberwatch.processor.ProcessorConfig;
import io.emberwatch.runtime.kafka.ClientProperties;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The processor's Kafka Streams properties: defaults made for latency, under the user's {@code
 * kafka.streams} section, under what the guarantees rest on. Hold secrets: never log them.
 */
public final class StreamsProperties {

  /** With exactly-once the commit interval is the latency of each topic hop. */
  private static final int COMMIT_INTERVAL_MILLIS = 100;

  /** Streams' own default of 100 ms is most of an alert's way through the processor. */
  private static final int LINGER_MILLIS = 10;

  /** How long a thread waits for records before it looks at its clock and its commits. */
  private static final int POLL_MILLIS = 20;

  /**
   * After a kill the group waits this long for the dead member; Kafka's own 45 s would be the
   * pipeline's blind time.
   */
  private static final int SESSION_TIMEOUT_MILLIS = 10_000;

  private StreamsProperties() {}

  /** A fresh mutable map. */
  public static Map<String, Object> of(ProcessorConfig config, DeadLetters deadLetters) {
    Map<String, Object> properties = new LinkedHashMap<>(defaults(config));
    properties.putAll(new ClientProperties(config.kafka()).streams(config.applicationId()));
    String linger = StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG);
    boolean lingerIsSet =
        config.kafka().producer().plain().containsKey(ProducerConfig.LINGER_MS_CONFIG)
            || config.kafka().streams().plain().containsKey(linger);
    if (!lingerIsSet) {
      properties.put(linger, LINGER_MILLIS);
    }
    properties.putIfAbsent(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        SESSION_TIMEOUT_MILLIS);
    properties.putAll(guarantees());
    properties.putAll(deadLetters.handlers());
    return properties;
  }

  private static Map<String, Object> defaults(ProcessorConfig config) {
    return Map.of(
        StreamsConfig.STATE_DIR_CONFIG,
        config.stateFolder().toString(),
        StreamsConfig.NUM_STREAM_THREADS_CONFIG,
        config.streamThreads(),
        StreamsConfig.REPLICATION_FACTOR_CONFIG,
        config.replicationFactor(),
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
        COMMIT_INTERVAL_MILLIS,
        StreamsConfig.POLL_MS_CONFIG,
        POLL_MILLIS,
        // A cache holds a breach back until the commit.
        StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
        0);
  }

  /**
   * Global stores there are none; without their switch Streams warns at each start that faults of
   * theirs would not be handled. The switch is deprecated from its first day, since it is to become
   * the only way.
   */
  @SuppressWarnings("deprecation")
  private static Map<String, Object> guarantees() {
    return Map.of(
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        StreamsConfig.EXACTLY_ONCE_V2,
        StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
        true,
        // There is no global store; unset, Streams warns at each start that one would not be
        // covered.
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG,
        true);
  }
}
