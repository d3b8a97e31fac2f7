package io.emberwatch.runtime.kafka;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** What is known of Kafka's and the registry's property names. */
final class KafkaKeys {

  /** Delivery guarantees of the pipeline and what the services set themselves. */
  static final Set<String> OWNED =
      Set.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

  /** The registry's client, JAAS and plug-ins have no types to ask, so their names decide. */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          ".*(password|passphrase|secret|jaas\\.config|auth\\.token|user\\.info|credential|api\\.key).*");

  private KafkaKeys() {}

  /** Whether Kafka types the property as a password, or its name says that it is one. */
  static boolean isSecret(String key) {
    return isPassword(ProducerConfig.configDef(), key)
        || isPassword(ConsumerConfig.configDef(), key)
        || isPassword(AdminClientConfig.configDef(), key)
        || SECRET_NAME.matcher(key).matches();
  }

  private static boolean isPassword(ConfigDef definition, String key) {
    ConfigDef.ConfigKey known = definition.configKeys().get(key);
    return known != null && known.type == ConfigDef.Type.PASSWORD;
  }
}
