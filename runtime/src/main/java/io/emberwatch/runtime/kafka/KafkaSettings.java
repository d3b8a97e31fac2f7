package io.emberwatch.runtime.kafka;

import io.emberwatch.runtime.config.ConfigReader;
import java.util.List;
import java.util.Map;

/**
 * How to reach Kafka. {@code toString} names secrets and does not show them.
 *
 * @param bootstrapServers {@code host:port}, at least one
 * @param common properties of every client, such as {@code security.protocol}
 * @param producer properties of producers
 * @param consumer properties of consumers
 * @param admin properties of admin clients
 * @param streams properties of Kafka Streams itself; the clients inside it take those above
 */
public record KafkaSettings(
    List<String> bootstrapServers,
    PassThrough common,
    PassThrough producer,
    PassThrough consumer,
    PassThrough admin,
    PassThrough streams) {

  public KafkaSettings {
    bootstrapServers = List.copyOf(bootstrapServers);
  }

  /**
   * Reads {@code bootstrap-servers}, Kafka's own dotted properties beside it, and the sections
   * {@code producer}, {@code consumer}, {@code admin} and {@code streams} of Kafka's properties.
   * Passwords are {@code {file: ..}} or {@code {env: ..}}. What the pipeline's guarantees rest on
   * (acks, idempotence, isolation, commits) is refused.
   */
  public static KafkaSettings read(ConfigReader section) {
    List<String> servers = section.strings("bootstrap-servers");
    if (servers.isEmpty()) {
      section.problem("bootstrap-servers", "is required; expected host:port, such as kafka:9092");
    }
    for (String server : servers) {
      if (!server.matches(".+:\\d{1,5}")) {
        section.problem("bootstrap-servers", "\"" + server + "\" is not host:port");
      }
    }
    return new KafkaSettings(
        servers,
        read(section, true),
        read(section.section("producer"), false),
        read(section.section("consumer"), false),
        read(section.section("admin"), false),
        read(section.section("streams"), false));
  }

  /** No security and no properties, as for a broker in the same process. */
  public static KafkaSettings plain(String bootstrapServers) {
    PassThrough none = new PassThrough(Map.of(), Map.of());
    return new KafkaSettings(List.of(bootstrapServers.split(",")), none, none, none, none, none);
  }

  private static PassThrough read(ConfigReader section, boolean dottedOnly) {
    for (String key : section.keys()) {
      if (KafkaKeys.OWNED.contains(key)) {
        section.problem(key, "is set by Emberwatch, whose guarantees rest on it; remove it");
      }
    }
    return PassThrough.read(
        section, key -> !dottedOnly || key.indexOf('.') > 0, KafkaKeys::isSecret);
  }
}
