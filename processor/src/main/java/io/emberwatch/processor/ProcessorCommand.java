package io.emberwatch.processor;

import io.emberwatch.runtime.cli.BuildVersion;
import io.emberwatch.runtime.cli.CommandRun;
import io.emberwatch.runtime.cli.CommonOptions;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.lifecycle.ExitCode;
import io.emberwatch.runtime.lifecycle.ServiceMain;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code emberwatch processor}. */
@Command(
    name = "processor",
    description = "Turns samples into signals, rates, breaches and health, with Kafka Streams.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    footer = {
      "",
      "Examples:",
      "  processor --config processor.yaml",
      "  processor --set kafka.bootstrap-servers=kafka-1:9092,kafka-2:9092",
      "  processor --config processor.yaml --check",
      "",
      "Exit codes: 0 stopped or checked, 1 fault, 2 wrong arguments, 3 bad configuration."
    })
public final class ProcessorCommand implements Callable<Integer> {

  /** For the admin endpoint and the logs, beyond what Streams may take. */
  private static final Duration CLOSE_MARGIN = Duration.ofSeconds(5);

  @Mixin private final CommonOptions options = new CommonOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs until a signal. */
  public static void main(String... args) {
    System.exit(CommandRun.execute(new ProcessorCommand(), args));
  }

  @Override
  public Integer call() {
    ConfigReader reader =
        options.load(
            ProcessorConfig.REFERENCE,
            ProcessorConfig.class,
            ProcessorConfig.ENV_PREFIX,
            System.getenv());
    ProcessorConfig config = ProcessorConfig.read(reader);
    reader.check();
    if (options.checkOnly()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("The configuration is good.");
      out.flush();
      return ExitCode.OK.code();
    }
    Duration closeLimit = config.closeTimeout().plus(CLOSE_MARGIN);
    return ServiceMain.untilSignal(new ProcessorApp(config), closeLimit).code();
  }
}
