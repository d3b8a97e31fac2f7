package io.emberwatch.bench.run;

import io.emberwatch.runtime.cli.CommandRun;
import picocli.CommandLine.Command;

/** The runs that measure processes. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    description = "Measures the collector as a process. Linux only.",
    subcommands = {CompareCommand.class, FleetCommand.class, FirstRecordsCommand.class})
public final class BenchCommand {

  private BenchCommand() {}

  /** Runs the command that is named. */
  public static void main(String[] args) {
    System.exit(CommandRun.execute(new BenchCommand(), args));
  }
}
