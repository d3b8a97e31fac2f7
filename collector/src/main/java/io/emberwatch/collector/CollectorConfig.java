package io.emberwatch.collector;

import io.emberwatch.collector.exposition.ExpositionSettings;
import io.emberwatch.collector.fleet.FleetSettings;
import io.emberwatch.collector.publish.PublishSettings;
import io.emberwatch.collector.schedule.ProbeCadence;
import io.emberwatch.collector.schedule.WatchSettings;
import io.emberwatch.collector.spool.SpoolSettings;
import io.emberwatch.runtime.admin.AdminSettings;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.kafka.RegistrySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of a collector; {@code collector-reference.yaml} explains each.
 *
 * @param collectorId in every record and in the connections' names; letters, digits, {@code ._-}
 * @param targetsFile what to watch
 * @param targetsReload between looks at that file
 * @param fleet how the targets of the topic are shared; empty: they are those of the file
 * @param watch how targets are polled
 * @param publish bounds of publishing
 * @param prometheus the view of the latest samples
 * @param createTopics whether to create the topics that are missing
 * @param replicationFactor of those topics; -1 is the broker's default
 */
public record CollectorConfig(
    String collectorId,
    Path targetsFile,
    Duration targetsReload,
    Optional<FleetSettings> fleet,
    WatchSettings watch,
    PublishSettings publish,
    ExpositionSettings prometheus,
    boolean createTopics,
    int replicationFactor,
    KafkaSettings kafka,
    RegistrySettings registry,
    AdminSettings admin) {

  /** Name of the reference file, beside this class. */
  public static final String REFERENCE = "collector-reference.yaml";

  /** Begins the environment variables that set a key. */
  public static final String ENV_PREFIX = "EMBERWATCH_COLLECTOR_";

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Below it INFO alone, each quarter of a minute, would be too much. */
  private static final double MIN_BUDGET_SHARE = 0.0001;

  /** Defaults with these servers: for a collector inside another process and for tests. */
  public static CollectorConfig of(
      String collectorId, KafkaSettings kafka, RegistrySettings registry) {
    return new CollectorConfig(
        collectorId,
        Path.of("targets.yaml"),
        Duration.ofSeconds(5),
        Optional.empty(),
        new WatchSettings(
            collectorId, Duration.ofMinutes(1), Duration.ofSeconds(30), 0.02, Map.of()),
        new PublishSettings(
            10_000,
            Duration.ofSeconds(10),
            new SpoolSettings(Path.of("./state/spool"), 256_000_000)),
        ExpositionSettings.DEFAULTS,
        true,
        -1,
        kafka,
        registry,
        AdminSettings.loopback());
  }

  /**
   * Reads the merged document; problems are the reader's, see {@link ConfigReader#check}.
   *
   * @param env gives {@code HOSTNAME} for a collector without an id
   */
  public static CollectorConfig read(ConfigReader config, Map<String, String> env) {
    ConfigReader poll = config.section("poll");
    ConfigReader publish = config.section("publish");
    ConfigReader topics = config.section("topics");
    String collectorId = collectorId(config, env);
    return new CollectorConfig(
        collectorId,
        Path.of(config.string("targets-file")),
        config.duration("targets-reload", SECOND, Duration.ofHours(1)),
        fleet(config),
        new WatchSettings(
            collectorId,
            poll.duration("slow-interval", SECOND, Duration.ofHours(1)),
            poll.duration("backoff-cap", SECOND, Duration.ofMinutes(10)),
            poll.number("budget-share", MIN_BUDGET_SHARE, 1),
            ProbeCadence.read(poll)),
        new PublishSettings(
            (int) publish.integer("max-in-flight", 1, 1_000_000),
            publish.duration("close-timeout", SECOND, Duration.ofMinutes(5)),
            new SpoolSettings(
                Path.of(publish.string("spool-folder")),
                publish.bytes("spool-max-bytes", 1_000_000, 1_000_000_000_000L))),
        ExpositionSettings.read(config.section("prometheus")),
        topics.bool("create"),
        (int) topics.integer("replication-factor", -1, 10),
        KafkaSettings.read(config.section("kafka")),
        RegistrySettings.read(config.section("schema-registry")),
        AdminSettings.read(config.section("admin")));
  }

  private static Optional<FleetSettings> fleet(ConfigReader config) {
    TargetsFrom from = config.choice("targets-source", TargetsFrom.class);
    ConfigReader topic = config.section("targets-topic");
    FleetSettings settings =
        new FleetSettings(
            topic.string("group"),
            topic.duration(
                "takeover",
                FleetSettings.MIN_TAKEOVER,
                Duration.ofMinutes(5),
                FleetSettings.MIN_TAKEOVER),
            Path.of(topic.string("folder")));
    return from == TargetsFrom.TOPIC ? Optional.of(settings) : Optional.empty();
  }

  /** Where it is said what to watch. */
  private enum TargetsFrom {
    FILE,
    TOPIC
  }

  /**
   * Two collectors of one id would be told apart by nobody, so it is the host's name by default.
   */
  private static String collectorId(ConfigReader config, Map<String, String> env) {
    String host = env.getOrDefault("HOSTNAME", "collector").toLowerCase(Locale.ROOT);
    String fallback = host.replaceAll("[^a-z0-9._-]", "-");
    String id = config.string("collector-id", "");
    if (!id.matches("[A-Za-z0-9._-]{0,64}")) {
      config.problem("collector-id", "may hold up to 64 letters, digits, dots, - and _");
    }
    return id.isEmpty() ? fallback : id;
  }
}
