package io.emberwatch.processor;

import io.emberwatch.processor.rule.Rule;
import io.emberwatch.processor.rule.RuleFile;
import io.emberwatch.processor.rule.RuleTestOutcome;
import io.emberwatch.processor.rule.RuleTestOutcome.Result;
import io.emberwatch.runtime.lifecycle.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the rules and runs their own tests, without Kafka or a server. */
@Command(
    name = "rules",
    description = "Show the rules and run their tests.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  emberwatch rules list",
      "  emberwatch rules show memory_high",
      "  emberwatch rules test --file my-rules.yaml",
      "",
      "Exit codes: 0 done, 1 a test failed, 2 wrong arguments, 3 a rule cannot be used."
    })
public final class RulesCommand {

  @Spec private @Nullable CommandSpec spec;

  @Command(
      name = "test",
      description = "Run each rule's own test sequences through the engine.",
      mixinStandardHelpOptions = true)
  int test(
      @Option(
              names = {"-f", "--file"},
              paramLabel = "FILE",
              description = "Your rules, over those that ship.")
          @Nullable Path file) {
    List<RuleTestOutcome> outcomes = load(file).runTests();
    PrintWriter out = out();
    outcomes.forEach(outcome -> out.println(line(outcome)));
    long failed = count(outcomes, Result.FAILED);
    out.printf(
        "%n%d passed, %d failed, %d skipped%n",
        count(outcomes, Result.PASSED), failed, count(outcomes, Result.SKIPPED));
    out.flush();
    return (failed == 0 ? ExitCode.OK : ExitCode.FAULT).code();
  }

  @Command(name = "list", description = "List the rules in force.", mixinStandardHelpOptions = true)
  int list(
      @Option(
              names = {"-f", "--file"},
              paramLabel = "FILE",
              description = "Your rules, over those that ship.")
          @Nullable Path file) {
    PrintWriter out = out();
    out.printf("%-24s %-10s %-13s %s%n", "RULE", "JUDGES", "CAUSE", "SUMMARY");
    for (Rule rule : load(file).rules().rules()) {
      out.printf(
          "%-24s %-10s %-13s %s%n",
          rule.id(), lower(rule.view()), lower(rule.cause()), rule.summary());
    }
    out.flush();
    return ExitCode.OK.code();
  }

  @Command(
      name = "show",
      description = "Show one rule: levels, durations, gate, what to do.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "ID", description = "Such as memory_high.") String id,
      @Option(
              names = {"-f", "--file"},
              paramLabel = "FILE",
              description = "Your rules, over those that ship.")
          @Nullable Path file) {
    Optional<String> page = load(file).page(id);
    if (page.isEmpty()) {
      throw new ParameterException(
          spec().commandLine(), "no rule " + id + "; see: emberwatch rules list");
    }
    out().print(page.get());
    out().flush();
    return ExitCode.OK.code();
  }

  @Command(
      name = "docs",
      description = "Write the page of all rules, as kept in docs/rules.md.",
      mixinStandardHelpOptions = true)
  int docs() {
    out().print(RuleFile.defaults().document());
    out().flush();
    return ExitCode.OK.code();
  }

  private static RuleFile load(@Nullable Path file) {
    return RuleFile.load(Optional.ofNullable(file));
  }

  private static String line(RuleTestOutcome outcome) {
    String detail = outcome.detail().isEmpty() ? "" : "  " + outcome.detail();
    return String.format(
        "%-7s %-24s %s%s", lower(outcome.result()), outcome.ruleId(), outcome.test(), detail);
  }

  private static long count(List<RuleTestOutcome> outcomes, Result result) {
    return outcomes.stream().filter(outcome -> outcome.result() == result).count();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private PrintWriter out() {
    return spec().commandLine().getOut();
  }

  private CommandSpec spec() {
    return Optional.ofNullable(spec).orElseThrow();
  }
}
