package io.emberwatch.local.cli;

import io.emberwatch.alerter.AlerterCommand;
import io.emberwatch.collector.CollectorCommand;
import io.emberwatch.processor.ProcessorCommand;
import io.emberwatch.processor.RulesCommand;
import io.emberwatch.runtime.cli.BuildVersion;
import io.emberwatch.runtime.cli.CommandRun;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code emberwatch}. */
@Command(
    name = "emberwatch",
    description = "Watches fleets of Redis and Valkey.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      LocalCommand.class,
      DemoCommand.class,
      ProcessorCommand.class,
      AlerterCommand.class,
      CollectorCommand.class,
      RulesCommand.class,
      CheckConfigCommand.class,
      TargetsCommand.class,
      TopicsCommand.class,
      SchemasCommand.class,
      VersionCommand.class,
      AutoComplete.GenerateCompletion.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or stopped by a signal and closed cleanly",
      "1:a fault; the message or the log has it",
      "2:wrong arguments",
      "3:the configuration cannot be used; every problem is on standard error"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  emberwatch local                                  all in one process, with a Redis of its own",
      "  emberwatch local --redis redis://10.0.0.1:6379    the same, watching yours",
      "  emberwatch demo --once                            break things, see what is made of it, exit",
      "  emberwatch targets apply -f targets.yaml          tell the collectors what to watch",
      "  emberwatch rules test                             run the rules' own sample sequences",
      "  source <(emberwatch generate-completion)          completion for bash and zsh"
    })
public final class EmberwatchCommand {

  private EmberwatchCommand() {}

  /** Runs a command and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** The command line with its subcommands, not yet executed. */
  static CommandLine commandLine() {
    return CommandRun.with(new CommandLine(new EmberwatchCommand()));
  }

  private static int execute(String... args) {
    CommandLine commandLine = commandLine();
    return args.length == 0 ? commandLine.execute("--help") : commandLine.execute(args);
  }
}
