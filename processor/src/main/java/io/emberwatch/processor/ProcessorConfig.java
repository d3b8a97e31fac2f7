package io.emberwatch.processor;

import io.emberwatch.processor.absence.AbsenceLimits;
import io.emberwatch.processor.group.GroupLimits;
import io.emberwatch.processor.rule.RuleFile;
import io.emberwatch.runtime.admin.AdminSettings;
import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.kafka.RegistrySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Settings of the processor; {@code processor-reference.yaml} documents every key.
 *
 * @param applicationId of Kafka Streams: names the consumer group, the stores' topics and the state
 *     folder; two processors with one id share the work
 * @param stateFolder where Streams keeps its files
 * @param streamThreads threads that process partitions, 1 or more
 * @param replicationFactor of topics that the processor creates, 1 or more; -1 = the broker's
 *     default
 * @param clockTolerance how far ahead of the broker's clock a sample's time may be before it is
 *     clamped, above 0
 * @param windowGrace how long after its end a window waits for late samples, 0 or more; longer than
 *     the clock tolerance
 * @param absence when silence counts, and when an instance is no longer expected
 * @param groups how long a member or a group is remembered
 * @param closeTimeout how long stopping may take
 * @param rules what is judged, and in which time scale
 */
public record ProcessorConfig(
    KafkaSettings kafka,
    RegistrySettings registry,
    AdminSettings admin,
    String applicationId,
    Path stateFolder,
    int streamThreads,
    int replicationFactor,
    Duration clockTolerance,
    Duration windowGrace,
    AbsenceLimits absence,
    GroupLimits groups,
    Duration closeTimeout,
    RuleFile rules) {

  /** The reference file on the class path, beside this class. */
  public static final String REFERENCE = "processor-reference.yaml";

  /** Prefix of environment variables that set a key. */
  public static final String ENV_PREFIX = "EMBERWATCH_PROCESSOR_";

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** Reads every key; problems are left in the reader for {@code check()}. */
  public static ProcessorConfig read(ConfigReader reader) {
    ConfigReader time = reader.section("event-time");
    ConfigReader streams = reader.section("streams");
    ConfigReader silence = reader.section("silence");
    Duration forgetAfter = silence.duration("forget-after", HOUR, DAY.multipliedBy(90));
    ProcessorConfig config =
        new ProcessorConfig(
            KafkaSettings.read(reader.section("kafka")),
            RegistrySettings.read(reader.section("schema-registry")),
            AdminSettings.read(reader.section("admin")),
            streams.string("application-id"),
            Path.of(streams.string("state-folder")),
            (int) streams.integer("threads", 1, 64),
            (int) streams.integer("replication-factor", -1, 32),
            time.duration("clock-tolerance", SECOND, HOUR),
            time.duration("window-grace", Duration.ZERO, HOUR),
            AbsenceLimits.DEFAULT.with(
                silence.duration("start-grace", SECOND.multipliedBy(5), HOUR), forgetAfter),
            GroupLimits.DEFAULT.withForgetAfter(forgetAfter),
            streams.duration("close-timeout", SECOND, HOUR),
            rules(reader.section("rules")));
    if (!config.applicationId.matches("[A-Za-z0-9._-]{1,100}")) {
      streams.problem("application-id", "may hold letters, digits, . _ and -, 100 at most");
    }
    if (config.replicationFactor == 0) {
      streams.problem("replication-factor", "is -1 (the broker's default) or 1 and more");
    }
    if (config.windowGrace.compareTo(config.clockTolerance) <= 0) {
      time.problem("window-grace", "must be longer than clock-tolerance");
    }
    return config;
  }

  /** Defaults for a processor inside another process and for tests. */
  public static ProcessorConfig local(KafkaSettings kafka, RegistrySettings registry, Path state) {
    return new ProcessorConfig(
        kafka,
        registry,
        AdminSettings.loopback(),
        "emberwatch-processor",
        state,
        1,
        1,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        AbsenceLimits.DEFAULT,
        GroupLimits.DEFAULT,
        Duration.ofSeconds(20),
        RuleFile.defaults());
  }

  /** The same with other rules. */
  public ProcessorConfig withRules(RuleFile other) {
    return new ProcessorConfig(
        kafka,
        registry,
        admin,
        applicationId,
        stateFolder,
        streamThreads,
        replicationFactor,
        clockTolerance,
        windowGrace,
        absence,
        groups,
        closeTimeout,
        other);
  }

  /** A rule file's problems, each with its own line, are problems of the key that names it. */
  private static RuleFile rules(ConfigReader section) {
    try {
      return RuleFile.load(section.optionalString("file").map(Path::of));
    } catch (ConfigException e) {
      e.problems().forEach(problem -> section.problem("file", problem.toString()));
      return new RuleFile(List.of(), 1);
    }
  }
}
