package io.emberwatch.processor.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.processor.rule.RuleTestOutcome.Result;
import io.emberwatch.runtime.config.ConfigException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RuleFileTest {

  @Test
  void aUsersRuleChangesOnlyTheKeysItNames() {
    RuleFile file = Watch.load("rules: {memory_high: {for: 10m}}");
    Rule rule = file.rules().find("memory_high").orElseThrow();

    assertThat(rule.levels().longestHold()).isEqualTo(Duration.ofMinutes(10));
    assertThat(rule.summary()).contains("maxmemory");
    assertThat(file.rules().rules()).hasSameSizeAs(RuleFile.defaults().rules().rules());
  }

  @Test
  void testsOfAChangedRuleAreSkippedUnlessItBringsItsOwn() {
    assertThat(Watch.load("rules: {memory_high: {for: 10m}}").runTests())
        .filteredOn(outcome -> outcome.ruleId().equals("memory_high"))
        .extracting(RuleTestOutcome::result)
        .containsExactly(Result.SKIPPED);
  }

  @Test
  void aWrongPromiseFails() {
    String yaml =
        """
        rules:
          mine:
            when: {warning: "keys > 10"}
            cause: memory
            summary: "{keys} keys"
            remediation: Delete some.
            tests:
              fires: {values: {0s: {keys: 11}}, expect: {0s: firing critical}}
              quiet: {values: {0s: {keys: 10}}}
        """;
    assertThat(Watch.load(yaml).runTests())
        .filteredOn(outcome -> outcome.ruleId().equals("mine"))
        .extracting(outcome -> outcome.test() + " " + outcome.result() + " " + outcome.detail())
        .containsExactly(
            "fires FAILED expected {0s: firing critical}, was {0s: firing warning}",
            "quiet PASSED ");
  }

  @Test
  void aDisabledRuleIsGone() {
    assertThat(Watch.load("rules: {cpu_main: {enabled: false}}").rules().find("cpu_main"))
        .isEmpty();
  }

  @Test
  void reportsEveryProblemWithItsLine() {
    String yaml =
        """
        rules:
          memory_high:
            above: {warning: 0.9, critical: 0.8}
            gate: mem_utl > 0.5
          mine:
            when: {warning: "keys > 'x'"}
            signal: maxmemory_policy
            cause: memory
            summary: "{kyes}"
            remediation: x
            evidence: [nothing]
            sumary: x
        """;
    assertThatThrownBy(() -> Watch.load(yaml))
        .isInstanceOf(ConfigException.class)
        .message()
        .contains(":3: rules.memory_high.above.critical: must be beyond warning")
        .contains(":4: rules.memory_high.gate: undeclared reference to 'mem_utl'")
        .contains(":6: rules.mine.when.warning: found no matching overload")
        .contains(":7: rules.mine.signal: maxmemory_policy is not a number")
        .contains(":9: rules.mine.summary: \"kyes\" is no value of instance rules")
        .contains(":11: rules.mine.evidence: \"nothing\" is no value")
        .contains(":12: rules.mine.sumary: unknown key; did you mean summary?");
  }

  @Test
  void aClearLevelBeyondTheTriggerIsRefused() {
    assertThatThrownBy(() -> Watch.load("rules: {cpu_main: {clear: {warning: 0.8}}}"))
        .hasMessageContaining("wrong side");
  }
}
