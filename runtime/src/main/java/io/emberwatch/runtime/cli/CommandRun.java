package io.emberwatch.runtime.cli;

import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.lifecycle.ExitCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Executes a picocli command with Emberwatch's exit codes ({@link ExitCode}): configuration
 * problems are written to standard error, other faults are logged with their stack.
 */
public final class CommandRun {

  private static final Logger LOG = LoggerFactory.getLogger(CommandRun.class);

  private CommandRun() {}

  /** The process's exit code. */
  public static int execute(Object command, String... args) {
    return with(new CommandLine(command)).execute(args);
  }

  /** The same set-up for a command line that was built elsewhere. */
  public static CommandLine with(CommandLine commandLine) {
    return commandLine
        .setUsageHelpWidth(100)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((fault, command, parsed) -> explain(fault, command).code());
  }

  private static ExitCode explain(Exception fault, CommandLine command) {
    if (fault instanceof ConfigException) {
      command.getErr().println(fault.getMessage());
      command.getErr().flush();
      return ExitCode.BAD_CONFIGURATION;
    }
    if (fault instanceof InterruptedException) {
      command.getErr().println(command.getCommandName() + " was stopped");
      command.getErr().flush();
      return ExitCode.FAULT;
    }
    LOG.error("event=command_failed command={}", command.getCommandName(), fault);
    command.getErr().println(command.getCommandName() + " failed: " + fault.getMessage());
    command.getErr().flush();
    return ExitCode.FAULT;
  }
}
