package io.emberwatch.processor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.processor.rule.RuleTestOutcome.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ShippedRulesTest {

  private final RuleFile shipped = RuleFile.defaults();

  @TestFactory
  Stream<DynamicTest> keepsThePromisesOfItsOwnTests() {
    return shipped.runTests().stream()
        .map(
            outcome ->
                DynamicTest.dynamicTest(
                    outcome.ruleId() + " " + outcome.test(),
                    () ->
                        assertThat(outcome.result())
                            .as(outcome.detail())
                            .isEqualTo(Result.PASSED)));
  }

  @Test
  void shipsTheRulesOfTheFirstPipeline() {
    assertThat(shipped.rules().rules())
        .extracting(Rule::id)
        .containsExactlyInAnyOrder(
            "instance_down",
            "instance_restarted",
            "loading",
            "memory_high",
            "memory_high_noevict",
            "evictions",
            "oom_errors",
            "fragmentation",
            "connections_high",
            "connections_rejected",
            "connection_churn",
            "cpu_main",
            "loop_saturated",
            "slow_commands",
            "slow_command_extreme",
            "hit_ratio_low",
            "error_rate",
            "bgsave_failed",
            "writes_blocked",
            "rdb_stale",
            "aof_write_err",
            "fork_slow",
            "replica_link_down",
            "replication_lag_bytes",
            "replication_lag_secs",
            "replica_missing",
            "multi_primary",
            "no_primary",
            "mass_expiry",
            "collector_stale",
            "section_denied",
            "tls_certificate_expiring");
  }

  @Test
  void aRuleWithoutItsTestsFails() {
    RuleFile.Entry entry = shipped.entries().get(0);
    RuleFile.Entry bare = new RuleFile.Entry(entry.rule(), List.of(), false);
    assertThat(new RuleFile(List.of(bare), 1).runTests())
        .extracting(RuleTestOutcome::result)
        .containsOnly(Result.FAILED)
        .hasSize(2);
  }

  @Test
  void theDocumentIsTheOneOfTheseRules() throws IOException {
    Path document = Path.of("..", "docs", "rules.md");
    assertThat(Files.readString(document, StandardCharsets.UTF_8))
        .as("write it anew with: emberwatch rules docs > docs/rules.md")
        .isEqualTo(shipped.document());
  }
}
