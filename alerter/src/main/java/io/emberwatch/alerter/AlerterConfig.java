package io.emberwatch.alerter;

import io.emberwatch.alerter.incident.IncidentPolicy;
import io.emberwatch.alerter.notify.ReceiverSettings;
import io.emberwatch.alerter.store.DatabaseSettings;
import io.emberwatch.alerter.web.WebSettings;
import io.emberwatch.runtime.admin.AdminSettings;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.kafka.RegistrySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the alerter; {@code alerter-reference.yaml} documents every key.
 *
 * @param groupId consumer group; alerters with one id share the partitions
 * @param namespace of this installation, part of every dedup key
 * @param receivers by name, in the order written
 */
public record AlerterConfig(
    KafkaSettings kafka,
    RegistrySettings registry,
    AdminSettings admin,
    String groupId,
    String namespace,
    DatabaseSettings database,
    IncidentPolicy incidents,
    WebSettings web,
    List<ReceiverSettings> receivers) {

  /** The reference file on the class path, beside this class. */
  public static final String REFERENCE = "alerter-reference.yaml";

  /** Prefix of environment variables that set a key. */
  public static final String ENV_PREFIX = "EMBERWATCH_ALERTER_";

  private static final String DEFAULT_GROUP = "emberwatch-alerter";
  private static final String DEFAULT_NAMESPACE = "emberwatch";
  private static final int DEFAULT_POOL = 8;
  private static final Duration DAY = Duration.ofDays(1);

  public AlerterConfig {
    receivers = List.copyOf(receivers);
  }

  /** Reads every key; problems are left in the reader for {@code check()}. */
  public static AlerterConfig read(ConfigReader reader) {
    ConfigReader intake = reader.section("intake");
    return new AlerterConfig(
        KafkaSettings.read(reader.section("kafka")),
        RegistrySettings.read(reader.section("schema-registry")),
        AdminSettings.read(reader.section("admin")),
        intake.string("group-id"),
        reader.string("namespace"),
        database(reader.section("database")),
        policy(reader.section("incidents")),
        web(reader.section("web")),
        reader.namedSections("receivers").entrySet().stream()
            .map(entry -> ReceiverSettings.read(entry.getKey(), entry.getValue()))
            .toList());
  }

  /** Defaults for an alerter inside another process and for tests: an H2 file in the folder. */
  public static AlerterConfig local(KafkaSettings kafka, RegistrySettings registry, Path folder) {
    return new AlerterConfig(
        kafka,
        registry,
        AdminSettings.loopback(),
        DEFAULT_GROUP,
        DEFAULT_NAMESPACE,
        new DatabaseSettings(
            "jdbc:h2:file:" + folder.toAbsolutePath().resolve("alerter"),
            "emberwatch",
            Optional.empty(),
            DEFAULT_POOL),
        IncidentPolicy.DEFAULT,
        new WebSettings("127.0.0.1", 0, ""),
        List.of(ReceiverSettings.log("log")));
  }

  /** With other times of an incident's life. */
  public AlerterConfig withIncidents(IncidentPolicy policy) {
    return new AlerterConfig(
        kafka, registry, admin, groupId, namespace, database, policy, web, receivers);
  }

  /** With other receivers. */
  public AlerterConfig withReceivers(List<ReceiverSettings> others) {
    return new AlerterConfig(
        kafka, registry, admin, groupId, namespace, database, incidents, web, others);
  }

  /** With REST and pages elsewhere. */
  public AlerterConfig withWeb(WebSettings settings) {
    return new AlerterConfig(
        kafka, registry, admin, groupId, namespace, database, incidents, settings, receivers);
  }

  /** In another consumer group. */
  public AlerterConfig withGroupId(String id) {
    return new AlerterConfig(
        kafka, registry, admin, id, namespace, database, incidents, web, receivers);
  }

  private static IncidentPolicy policy(ConfigReader section) {
    return new IncidentPolicy(
        section.duration("group-wait", Duration.ZERO, DAY),
        section.duration("resolve-hold", Duration.ZERO, DAY),
        section.duration("reopen-window", Duration.ZERO, DAY));
  }

  private static WebSettings web(ConfigReader section) {
    String host = section.string("host");
    int port = (int) section.integer("port", 0, 65_535);
    try {
      return new WebSettings(host, port, section.string("public-url"));
    } catch (IllegalArgumentException e) {
      section.problem("public-url", "must be http or https without a slash at the end");
      return new WebSettings(host, port, "");
    }
  }

  private static DatabaseSettings database(ConfigReader section) {
    String url = section.string("url");
    String user = section.string("user");
    int poolSize = (int) section.integer("pool-size", 2, 100);
    try {
      return new DatabaseSettings(url, user, section.secret("password"), poolSize);
    } catch (IllegalArgumentException e) {
      section.problem("url", e.getMessage() == null ? "cannot be used" : e.getMessage());
      return new DatabaseSettings("jdbc:h2:mem:invalid", user, Optional.empty(), 2);
    }
  }
}
