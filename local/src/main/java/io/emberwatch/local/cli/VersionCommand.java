package io.emberwatch.local.cli;

import io.emberwatch.runtime.cli.BuildVersion;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the version. */
@Command(name = "version", description = "Print the version and the Java that runs it.")
final class VersionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.println(new BuildVersion().getVersion()[0] + ", Java " + Runtime.version());
    out.flush();
  }
}
