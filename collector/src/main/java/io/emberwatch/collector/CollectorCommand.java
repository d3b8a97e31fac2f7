package io.emberwatch.collector;

import io.emberwatch.collector.fleet.FleetSettings;
import io.emberwatch.collector.fleet.SharedDefinition;
import io.emberwatch.collector.fleet.SharedDefinitions;
import io.emberwatch.collector.fleet.TargetsTopic;
import io.emberwatch.collector.target.DefinitionSource;
import io.emberwatch.collector.target.Definitions;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetFile;
import io.emberwatch.runtime.cli.BuildVersion;
import io.emberwatch.runtime.cli.CommandRun;
import io.emberwatch.runtime.cli.CommonOptions;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.lifecycle.ExitCode;
import io.emberwatch.runtime.lifecycle.ServiceMain;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code emberwatch-collector}. */
@Command(
    name = "emberwatch-collector",
    aliases = "collector",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    subcommands = {ProbeCommand.class, AclCommand.class},
    description = "Polls Redis and Valkey servers and publishes samples to Kafka.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by a signal, or the check was good",
      "1:a fault; the log has it",
      "2:wrong arguments",
      "3:the configuration or the targets file cannot be used"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  emberwatch-collector --config conf/collector.yaml",
      "  emberwatch-collector --targets targets.yaml --set kafka.bootstrap-servers=kafka:9092",
      "  emberwatch-collector --targets targets.yaml --dry-run",
      "  emberwatch-collector --set targets-source=topic --dry-run",
      "  emberwatch-collector probe redis://10.0.0.1:6379",
      "  emberwatch-collector acl --keyspace-events"
    })
public final class CollectorCommand implements Callable<Integer> {

  /** For closing all but the publisher, which has a limit of its own. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(40);

  /** Bounds the reading of the whole topic. */
  private static final Duration TOPIC_TIMEOUT = Duration.ofSeconds(30);

  @Spec private @Nullable CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = {"-t", "--targets"},
      paramLabel = "FILE",
      description = "What to watch, a file or a glob; instead of targets-file.")
  private @Nullable Path targets;

  @Option(
      names = "--dry-run",
      description = "List what would be polled, and end; of a topic, by all collectors together.")
  private boolean dryRun;

  /** Runs the collector until a signal. */
  public static void main(String[] args) {
    System.exit(CommandRun.execute(new CollectorCommand(), args));
  }

  @Override
  public Integer call() {
    ConfigReader reader =
        common.load(
            CollectorConfig.REFERENCE,
            CollectorConfig.class,
            CollectorConfig.ENV_PREFIX,
            System.getenv());
    CollectorConfig config = CollectorConfig.read(reader, System.getenv());
    reader.check();
    Optional<FleetSettings> fleet = config.fleet();
    if (fleet.isPresent() && targets != null) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "--targets needs targets-source: file");
    }
    if (fleet.isPresent() && common.checkOnly()) {
      return ExitCode.OK.code();
    }
    Path file = Optional.ofNullable(targets).orElse(config.targetsFile());
    if (common.checkOnly() || dryRun) {
      return list(fleet.isPresent() ? shared(config, fleet.get()) : TargetFile.read(file));
    }
    DefinitionSource source =
        fleet.isPresent()
            ? source(config, fleet.get())
            : new TargetFile(file, config.targetsReload(), Clock.systemUTC());
    CollectorApp app = new CollectorApp(config, source, Clock.systemUTC());
    Duration closeLimit = CLOSE_LIMIT.plus(config.publish().closeTimeout());
    return ServiceMain.untilSignal(app, closeLimit).code();
  }

  private static DefinitionSource source(CollectorConfig config, FleetSettings fleet) {
    return SharedDefinitions.of(
        fleet,
        config.kafka(),
        SchemaRegistryClient.of(config.registry().properties()),
        "emberwatch-" + config.collectorId() + "-targets",
        Clock.systemUTC());
  }

  /** All that the topic holds: the share of this collector is known only to the group. */
  private static Definitions shared(CollectorConfig config, FleetSettings fleet) {
    SchemaRegistryClient ids = SchemaRegistryClient.of(config.registry().properties());
    return SharedDefinition.readAll(
        new TargetsTopic(config.kafka(), ids, TOPIC_TIMEOUT).read(), fleet.folder());
  }

  private int list(Definitions found) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (dryRun) {
      for (Target target : found.targets()) {
        out.printf(
            "%s every %d ms%s%s%s%n",
            target.instanceId(),
            target.pollInterval().toMillis(),
            target.tls().isPresent() ? ", TLS" : "",
            target.credentials().isPresent() ? ", password" : "",
            target.keyspaceEvents().isPresent() ? ", keyspace events" : "");
      }
      for (Discovery discovery : found.discoveries()) {
        out.printf(
            "%s discovered every %d ms: %s %s%n",
            discovery.id(),
            discovery.refreshInterval().toMillis(),
            discovery.method().name(),
            discovery.method().origin());
      }
    }
    out.println(found.summary());
    out.flush();
    return ExitCode.OK.code();
  }
}
