package io.emberwatch.local.cli;

import io.emberwatch.runtime.lifecycle.ExitCode;
import io.emberwatch.schemas.compatibility.SchemaHistory;
import io.emberwatch.schemas.topic.Topics;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks the schemas against their published versions. */
@Command(
    name = "schemas",
    description = "Check the schemas of the topics.",
    subcommands = SchemasCommand.CheckSchemas.class)
final class SchemasCommand {

  /** {@code schemas check}. */
  @Command(
      name = "check",
      description = {
        "Check that today's schemas can read every version that was ever published",
        "(BACKWARD_TRANSITIVE). Exit code 0 when they can, 1 when not, with topic, version and field."
      })
  static final class CheckSchemas implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      List<String> problems = SchemaHistory.check();
      problems.forEach(out::println);
      if (problems.isEmpty()) {
        out.println(
            "schemas of " + Topics.all().size() + " topics can read all published versions");
      }
      out.flush();
      return (problems.isEmpty() ? ExitCode.OK : ExitCode.FAULT).code();
    }
  }
}
