package io.emberwatch.local.cli;

import io.emberwatch.collector.fleet.SharedDefinition;
import io.emberwatch.collector.fleet.TargetsPlan;
import io.emberwatch.collector.fleet.TargetsTopic;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.lifecycle.ExitCode;
import io.emberwatch.schemas.TargetDefinition;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes and shows what the collectors share. */
@Command(
    name = "targets",
    description = {
      "Write and show what collectors with targets-source: topic share: the topic",
      "emberwatch.targets. The files are targets files; see docs/targets.md."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done; of diff: the topic is as the file says",
      "1:of diff: it is not",
      "2:wrong arguments",
      "3:the targets file or the settings cannot be used; nothing was written",
      "4:Kafka or the registry did not answer, or not in time"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  emberwatch targets diff -f targets.yaml --bootstrap-server kafka:9092",
      "  emberwatch targets apply -f targets.yaml --prune --dry-run --config collector.yaml",
      "  emberwatch targets list --json --fleet prod",
      "  emberwatch targets remove prod/sessions/10.0.0.1:6379"
    },
    subcommands = {
      TargetsCommand.Apply.class,
      TargetsCommand.Diff.class,
      ListTargetsCommand.class,
      TargetsCommand.Remove.class
    })
final class TargetsCommand {

  private static final String DRY_RUN = "Print what would be written, and write nothing.";

  /** The file of {@code apply}, {@code diff} and {@code remove}. */
  private static SortedMap<String, TargetDefinition> read(Path file) {
    // Passwords and certificates are files of the collectors', not of whoever runs this.
    return SharedDefinition.split(ConfigReader.ofFile(file).forElsewhere(), Instant.now());
  }

  /** {@code targets apply}. */
  @Command(
      name = "apply",
      mixinStandardHelpOptions = true,
      description = {
        "Write what a file defines and the topic does not, or has otherwise. Fleets that the file",
        "does not name are left alone."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  emberwatch targets apply -f targets.yaml --bootstrap-server kafka:9092",
        "  emberwatch targets apply -f targets.yaml --prune --dry-run"
      })
  static final class Apply implements Callable<Integer> {
    @Mixin private TargetsConnection connection;
    @Spec private CommandSpec spec;

    @Option(
        names = {"-f", "--file"},
        required = true,
        paramLabel = "FILE",
        description = "Targets file.")
    private Path file = Path.of("");

    @Option(
        names = "--prune",
        description =
            "Also remove what the topic has in the fleet of the file and the file has not.")
    private boolean prune;

    @Option(names = "--dry-run", description = DRY_RUN)
    private boolean dryRun;

    @Override
    public Integer call() {
      SortedMap<String, TargetDefinition> wanted = read(file);
      return connection.with(spec.commandLine().getErr(), topic -> apply(topic, wanted));
    }

    private int apply(TargetsTopic topic, SortedMap<String, TargetDefinition> wanted) {
      TargetsPlan plan = TargetsPlan.between(topic.read(), wanted);
      List<String> removed = prune ? plan.surplus() : List.of();
      if (!dryRun) {
        topic.write(plan.upserts(), removed);
      }
      PrintWriter out = spec.commandLine().getOut();
      PlanPrint print = new PlanPrint(out);
      print.changes(plan, removed);
      out.printf(
          "%s%d added, %d changed, %d removed, %d unchanged%n",
          dryRun ? "dry run: " : "",
          plan.added().size(),
          plan.changed().size(),
          removed.size(),
          plan.unchanged());
      int left = plan.surplus().size() - removed.size();
      if (left > 0) {
        out.printf("%d not in the file are left; --prune removes them%n", left);
      }
      out.flush();
      return TargetsConnection.done();
    }
  }

  /** {@code targets diff}. */
  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = {
        "Compare the topic with a file, within the fleet of the file: + is only in the file, - only",
        "on the topic, ~ differs. Exit code 0 when nothing differs, 1 when something does."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  emberwatch targets diff -f targets.yaml --bootstrap-server kafka:9092"})
  static final class Diff implements Callable<Integer> {
    @Mixin private TargetsConnection connection;
    @Spec private CommandSpec spec;

    @Option(
        names = {"-f", "--file"},
        required = true,
        paramLabel = "FILE",
        description = "Targets file.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
      SortedMap<String, TargetDefinition> wanted = read(file);
      return connection.with(spec.commandLine().getErr(), topic -> diff(topic, wanted));
    }

    private int diff(TargetsTopic topic, SortedMap<String, TargetDefinition> wanted) {
      TargetsPlan plan = TargetsPlan.between(topic.read(), wanted);
      PrintWriter out = spec.commandLine().getOut();
      new PlanPrint(out).differences(plan);
      if (plan.isEmpty()) {
        out.println("no difference in " + plan.unchanged() + " definitions");
      }
      out.flush();
      return (plan.isEmpty() ? ExitCode.OK : ExitCode.FAULT).code();
    }
  }

  /** {@code targets remove}. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = {
        "Remove definitions by id, or all that a file defines. The collectors end polling and say",
        "so downstream, so that nobody is paged for the silence."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  emberwatch targets remove prod/sessions/10.0.0.1:6379",
        "  emberwatch targets remove -f decommissioned.yaml --dry-run"
      })
  static final class Remove implements Callable<Integer> {
    @Mixin private TargetsConnection connection;
    @Spec private CommandSpec spec;

    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "Targets file.")
    private @Nullable Path file;

    @Parameters(paramLabel = "ID", description = "Target ids, as list shows them.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--dry-run", description = DRY_RUN)
    private boolean dryRun;

    @Override
    public Integer call() {
      TreeSet<String> named = new TreeSet<>(ids);
      Optional.ofNullable(file).ifPresent(path -> named.addAll(read(path).keySet()));
      if (named.isEmpty()) {
        throw new ParameterException(spec.commandLine(), "name at least one id, or a file with -f");
      }
      return connection.with(spec.commandLine().getErr(), topic -> remove(topic, named));
    }

    private int remove(TargetsTopic topic, Set<String> named) {
      TargetsTopic.Contents contents = topic.read();
      List<String> there =
          named.stream()
              .filter(
                  id ->
                      contents.definitions().containsKey(id)
                          || contents.unreadable().containsKey(id))
              .toList();
      if (!dryRun) {
        topic.write(List.of(), there);
      }
      PrintWriter out = spec.commandLine().getOut();
      there.forEach(id -> out.println("- " + id));
      named.stream().filter(id -> !there.contains(id)).forEach(id -> out.println("absent " + id));
      out.printf("%s%d removed%n", dryRun ? "dry run: " : "", there.size());
      out.flush();
      return TargetsConnection.done();
    }
  }
}
