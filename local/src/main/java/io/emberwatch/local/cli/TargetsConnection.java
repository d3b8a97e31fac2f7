package io.emberwatch.local.cli;

import io.emberwatch.collector.CollectorConfig;
import io.emberwatch.collector.fleet.TargetsTopic;
import io.emberwatch.collector.fleet.TargetsTopicException;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.ServiceConfig;
import io.emberwatch.runtime.lifecycle.ExitCode;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the sub-commands of {@code targets} reach the topic: as the collectors do. */
final class TargetsConnection {

  /** Of a command that could not reach Kafka or the registry, or not in time. */
  static final int NO_ANSWER = 4;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The collectors' settings, for Kafka and the registry with their logins.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One of these settings over the file; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description = "Short for --set kafka.bootstrap-servers=..")
  private @Nullable String bootstrapServer;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      description = "Short for --set schema-registry.schema.registry.url=..")
  private @Nullable String registryUrl;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "Bound on reading and on writing the topic. Default: ${DEFAULT-VALUE}.")
  private int timeoutSeconds;

  /**
   * Runs an action on the topic.
   *
   * @param err gets a line when Kafka or the registry does not answer
   * @return the action's exit code, or {@link #NO_ANSWER}
   */
  int with(PrintWriter err, Function<TargetsTopic, Integer> action) {
    try {
      return action.apply(topic());
    } catch (TargetsTopicException fault) {
      err.println(fault.getMessage());
      err.flush();
      return NO_ANSWER;
    }
  }

  /** What became of a command whose work is done. */
  static int done() {
    return ExitCode.OK.code();
  }

  private TargetsTopic topic() {
    List<String> settings = new ArrayList<>(overrides);
    if (bootstrapServer != null) {
      settings.add("kafka.bootstrap-servers=" + bootstrapServer);
    }
    if (registryUrl != null) {
      settings.add("schema-registry.schema.registry.url=" + registryUrl);
    }
    ConfigReader reader =
        ServiceConfig.load(
            CollectorConfig.REFERENCE,
            CollectorConfig.class,
            Optional.ofNullable(config),
            CollectorConfig.ENV_PREFIX,
            System.getenv(),
            settings);
    CollectorConfig found = CollectorConfig.read(reader, System.getenv());
    reader.check();
    return new TargetsTopic(
        found.kafka(),
        SchemaRegistryClient.of(found.registry().properties()),
        Duration.ofSeconds(timeoutSeconds));
  }
}
