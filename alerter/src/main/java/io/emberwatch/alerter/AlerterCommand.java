package io.emberwatch.alerter;

import io.emberwatch.runtime.cli.BuildVersion;
import io.emberwatch.runtime.cli.CommandRun;
import io.emberwatch.runtime.cli.CommonOptions;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.lifecycle.ExitCode;
import io.emberwatch.runtime.lifecycle.ServiceMain;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the alerter as a process of its own. */
@Command(
    name = "alerter",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    description = "Turns breaches into incidents, tells receivers, serves REST and pages.",
    footer = {
      "",
      "Examples:",
      "  alerter --config alerter.yaml",
      "  alerter --config alerter.yaml --check",
      "  alerter --set database.url=jdbc:postgresql://db/emberwatch",
      "",
      "Exit codes: 0 stopped cleanly, 1 fault, 2 wrong arguments, 3 bad configuration."
    })
public final class AlerterCommand implements Callable<Integer> {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(40);

  @Mixin private CommonOptions options = new CommonOptions();

  /** Entry of the process. */
  public static void main(String[] args) {
    System.exit(CommandRun.execute(new AlerterCommand(), args));
  }

  @Override
  public Integer call() {
    ConfigReader reader =
        options.load(
            AlerterConfig.REFERENCE,
            AlerterConfig.class,
            AlerterConfig.ENV_PREFIX,
            System.getenv());
    AlerterConfig config = AlerterConfig.read(reader);
    reader.check();
    if (options.checkOnly()) {
      return ExitCode.OK.code();
    }
    AlerterApp app = new AlerterApp(config, Clock.systemUTC());
    return ServiceMain.untilSignal(app, CLOSE_LIMIT).code();
  }
}
