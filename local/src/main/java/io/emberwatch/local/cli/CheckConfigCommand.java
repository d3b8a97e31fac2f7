package io.emberwatch.local.cli;

import io.emberwatch.alerter.AlerterConfig;
import io.emberwatch.collector.CollectorConfig;
import io.emberwatch.collector.target.Definitions;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.TargetFile;
import io.emberwatch.processor.ProcessorConfig;
import io.emberwatch.processor.rule.RuleFile;
import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.ServiceConfig;
import io.emberwatch.runtime.lifecycle.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads configuration files as the services would, and starts nothing. */
@Command(
    name = "check-config",
    description = {
      "Read each file as its service would, environment variables included, and start nothing.",
      "Prints \"ok FILE\", or every problem with file, line and key."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every file is good",
      "2:wrong arguments, or no file named",
      "3:a file has a problem"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  emberwatch check-config --targets targets.yaml",
      "  emberwatch check-config --collector collector.yaml --targets targets.yaml",
      "  emberwatch check-config --processor processor.yaml --rules rules.yaml --alerter alerter.yaml"
    })
final class CheckConfigCommand implements Callable<Integer> {

  @Option(names = "--collector", paramLabel = "FILE", description = "The collector's settings.")
  private @Nullable Path collector;

  @Option(names = "--targets", paramLabel = "FILE", description = "What the collector watches.")
  private @Nullable Path targets;

  @Option(names = "--processor", paramLabel = "FILE", description = "The processor's settings.")
  private @Nullable Path processor;

  @Option(names = "--rules", paramLabel = "FILE", description = "Rules over those that ship.")
  private @Nullable Path rules;

  @Option(names = "--alerter", paramLabel = "FILE", description = "The alerter's settings.")
  private @Nullable Path alerter;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Map<Path, Consumer<Path>> readers = readers();
    if (readers.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "name at least one file; see --help");
    }
    PrintWriter out = spec.commandLine().getOut();
    boolean good = true;
    for (Map.Entry<Path, Consumer<Path>> entry : readers.entrySet()) {
      good &= isGood(entry.getKey(), entry.getValue(), out);
    }
    out.flush();
    return (good ? ExitCode.OK : ExitCode.BAD_CONFIGURATION).code();
  }

  private Map<Path, Consumer<Path>> readers() {
    Map<Path, Consumer<Path>> readers = new LinkedHashMap<>();
    put(readers, collector, CheckConfigCommand::readCollector);
    put(readers, targets, TargetFile::read);
    put(readers, processor, CheckConfigCommand::readProcessor);
    put(readers, rules, file -> RuleFile.load(Optional.of(file)));
    put(readers, alerter, CheckConfigCommand::readAlerter);
    return readers;
  }

  private static void put(
      Map<Path, Consumer<Path>> readers, @Nullable Path file, Consumer<Path> reader) {
    if (file != null) {
      readers.merge(file, reader, Consumer::andThen);
    }
  }

  private boolean isGood(Path file, Consumer<Path> reader, PrintWriter out) {
    try {
      reader.accept(file);
      out.println("ok " + file);
      if (file.equals(targets)) {
        tell(TargetFile.read(file), out);
      }
      return true;
    } catch (ConfigException e) {
      e.problems().forEach(out::println);
      return false;
    }
  }

  /** The servers of a discovery are in no file. */
  private static void tell(Definitions definitions, PrintWriter out) {
    for (Discovery discovery : definitions.discoveries()) {
      out.println(
          "  %s by %s: %s"
              .formatted(discovery.id(), discovery.method().name(), discovery.method().origin()));
    }
  }

  private static void readCollector(Path file) {
    ConfigReader reader =
        load(file, CollectorConfig.REFERENCE, CollectorConfig.class, CollectorConfig.ENV_PREFIX);
    CollectorConfig.read(reader, System.getenv());
    reader.check();
  }

  private static void readProcessor(Path file) {
    ConfigReader reader =
        load(file, ProcessorConfig.REFERENCE, ProcessorConfig.class, ProcessorConfig.ENV_PREFIX);
    ProcessorConfig.read(reader);
    reader.check();
  }

  private static void readAlerter(Path file) {
    ConfigReader reader =
        load(file, AlerterConfig.REFERENCE, AlerterConfig.class, AlerterConfig.ENV_PREFIX);
    AlerterConfig.read(reader);
    reader.check();
  }

  private static ConfigReader load(Path file, String reference, Class<?> anchor, String envPrefix) {
    return ServiceConfig.load(
        reference, anchor, Optional.of(file), envPrefix, System.getenv(), List.of());
  }
}
