package io.emberwatch.local.cli;

import io.emberwatch.local.demo.DemoRun;
import io.emberwatch.runtime.lifecycle.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Breaks real servers and shows what Emberwatch makes of it. */
@Command(
    name = "demo",
    description = {
      "Start a small Redis primary and its replica beside the whole pipeline, break them one way",
      "after another, and follow each fault to breach, incident, notification and end.",
      "The rules' durations are shortened; their thresholds are the shipped ones."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every fault led to the right incident with the right cause class and was resolved",
      "1:one did not, or something did not start"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  emberwatch demo           leave the page up at the end, until Ctrl-C",
      "  emberwatch demo --once    print the table and exit"
    })
final class DemoCommand implements Callable<Integer> {

  @Option(names = "--once", description = "End by itself, with a table of seconds.")
  private boolean once;

  @Option(
      names = "--page-port",
      paramLabel = "PORT",
      defaultValue = "8420",
      description =
          "Of the web page; a free one is taken when it is in use. Default: ${DEFAULT-VALUE}.")
  private int pagePort;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description = "Where everything is kept. Default: a temporary folder, removed at the end.")
  private @Nullable Path state;

  @Spec private CommandSpec spec;

  @Override
  public Integer call()
      throws IOException, TimeoutException, InterruptedException, ExecutionException {
    PrintWriter out = spec.commandLine().getOut();
    try (StopSignal stop = new StopSignal();
        DemoRun run = DemoRun.start(state, pagePort, out)) {
      boolean good = run.breakEverything();
      if (!once) {
        out.println();
        out.println("The page stays up at " + run.pageUrl() + "; Ctrl-C ends.");
        out.flush();
        stop.await(run.termination());
      }
      return (good ? ExitCode.OK : ExitCode.FAULT).code();
    }
  }
}
