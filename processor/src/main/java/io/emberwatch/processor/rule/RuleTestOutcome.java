package io.emberwatch.processor.rule;

import io.emberwatch.processor.rule.RuleTest.Step;
import io.emberwatch.runtime.config.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a rule's own test ended.
 *
 * @param test name of the sequence
 * @param detail what was expected and what happened; empty when it passed
 */
public record RuleTestOutcome(String ruleId, String test, Result result, String detail) {

  /** The closed choice of ends. */
  public enum Result {
    PASSED,
    FAILED,
    /** A file of the user changes the rule, so that the shipped tests say nothing about it. */
    SKIPPED
  }

  static List<RuleTestOutcome> of(RuleFile.Entry entry) {
    String id = entry.rule().id();
    if (entry.testsAreStale()) {
      String why = "the rule was changed and has no tests of its own";
      return List.of(new RuleTestOutcome(id, "-", Result.SKIPPED, why));
    }
    List<RuleTestOutcome> outcomes = new ArrayList<>();
    entry.tests().forEach(test -> outcomes.add(of(entry.rule(), test)));
    if (entry.tests().stream().noneMatch(RuleTest::fires)) {
      outcomes.add(new RuleTestOutcome(id, "-", Result.FAILED, "no test shows the rule firing"));
    }
    if (entry.tests().stream().noneMatch(test -> test.expected().isEmpty())) {
      outcomes.add(new RuleTestOutcome(id, "-", Result.FAILED, "no test shows the rule quiet"));
    }
    return outcomes;
  }

  private static RuleTestOutcome of(Rule rule, RuleTest test) {
    List<Step> actual = test.run(rule);
    if (actual.equals(test.expected())) {
      return new RuleTestOutcome(rule.id(), test.name(), Result.PASSED, "");
    }
    String detail = "expected " + text(test.expected()) + ", was " + text(actual);
    return new RuleTestOutcome(rule.id(), test.name(), Result.FAILED, detail);
  }

  private static String text(List<Step> steps) {
    if (steps.isEmpty()) {
      return "silence";
    }
    return steps.stream()
        .map(
            step ->
                DurationText.format(step.at())
                    + ": "
                    + step.transition().name().toLowerCase(Locale.ROOT)
                    + " "
                    + step.severity().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
