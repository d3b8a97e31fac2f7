package io.emberwatch.processor.rule;

import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.ServiceConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules as written: those in the jar ({@code rules.yaml}, which documents the format) under the
 * user's own file. A user's rule of the same id changes only the keys that it names; {@code
 * enabled: false} drops the rule.
 *
 * @param entries in the order written, disabled ones left out
 * @param timeScale factor of every duration of every rule, above 0 and at most 1: a demo's way to
 *     see in seconds what takes minutes. 1 in production
 */
public record RuleFile(List<Entry> entries, double timeScale) {

  static final String DEFAULTS = "rules.yaml";

  private static final double SMALLEST_SCALE = 0.001;

  public RuleFile {
    entries = List.copyOf(entries);
    if (!(timeScale >= SMALLEST_SCALE && timeScale <= 1)) {
      throw new IllegalArgumentException("time scale " + timeScale + " is not in 0.001 to 1");
    }
  }

  /**
   * A rule with its own tests, in unscaled time.
   *
   * @param testsAreStale a user's file changes the rule and brings no tests: those at hand are of
   *     the rule as it was
   */
  record Entry(Rule rule, List<RuleTest> tests, boolean testsAreStale) {

    Entry {
      tests = List.copyOf(tests);
    }
  }

  /** The rules in the jar. */
  public static RuleFile defaults() {
    return load(Optional.empty());
  }

  /**
   * Reads the rules.
   *
   * @param file the user's; empty: the jar's alone
   * @throws ConfigException with every problem of both files, each with file and line
   */
  public static RuleFile load(Optional<Path> file) {
    ConfigReader reader =
        ServiceConfig.load(
            DEFAULTS, RuleFile.class, file, "EMBERWATCH_RULES_", Map.of(), List.of());
    double scale = reader.number("time-scale", SMALLEST_SCALE, 1, 1);
    List<Entry> entries = new ArrayList<>();
    reader
        .namedSections("rules")
        .forEach((id, section) -> entry(id, section).ifPresent(entries::add));
    reader.check();
    return new RuleFile(entries, scale);
  }

  /** The rules to judge by: all durations scaled. */
  public RuleSet rules() {
    return new RuleSet(entries.stream().map(entry -> entry.rule().scaled(timeScale)).toList());
  }

  /** The same rules in another time scale. */
  public RuleFile withTimeScale(double scale) {
    return new RuleFile(entries, scale);
  }

  private static Optional<Entry> entry(String id, ConfigReader reader) {
    if (!id.matches("[a-z][a-z0-9_]{1,63}")) {
      reader.problem("summary", "\"" + id + "\" is no rule id: a-z, 0-9 and _, 64 at most");
    }
    RuleReader rule = new RuleReader(id, reader);
    List<RuleTest> tests = new RuleTestReader(id, rule.view(), rule.names()).read(reader);
    String author = reader.place().file();
    boolean stale = !tests.isEmpty() && !reader.place("tests").file().equals(author);
    return rule.read().map(read -> new Entry(read, tests, stale));
  }

  /** Runs every rule's own tests, in unscaled time; a rule without them fails. */
  public List<RuleTestOutcome> runTests() {
    List<RuleTestOutcome> outcomes = new ArrayList<>();
    for (Entry entry : entries) {
      outcomes.addAll(RuleTestOutcome.of(entry));
    }
    return List.copyOf(outcomes);
  }

  /** The page of a rule as Markdown, in unscaled time; empty when there is no such rule. */
  public Optional<String> page(String ruleId) {
    return entries.stream()
        .filter(entry -> entry.rule().id().equals(ruleId))
        .map(RulePage::of)
        .findFirst();
  }

  /** The pages of all rules as one Markdown document. */
  public String document() {
    return RulePage.document(entries);
  }
}
