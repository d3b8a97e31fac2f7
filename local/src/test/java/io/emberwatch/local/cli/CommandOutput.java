package io.emberwatch.local.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What a command did.
 *
 * @param exitCode of the process
 * @param out standard output
 * @param err standard error
 */
record CommandOutput(int exitCode, String out, String err) {

  static CommandOutput of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        EmberwatchCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int exitCode = command.execute(arguments);
    return new CommandOutput(exitCode, out.toString(), err.toString());
  }
}
