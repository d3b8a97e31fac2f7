package io.emberwatch.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.runtime.cli.CommandRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RulesCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void testsTheShippedRules() {
    assertThat(run("test")).isZero();
    assertThat(out.toString()).contains("passed  memory_high ").contains(" 0 failed, 0 skipped");
  }

  @Test
  void failsWhenARuleBreaksItsPromise(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(
        file,
        """
        rules:
          mine:
            when: {warning: "keys > 10"}
            cause: memory
            summary: "{keys} keys"
            remediation: Delete some.
            tests:
              fires: {values: {0s: {keys: 9}}, expect: {0s: firing warning}}
              quiet: {values: {0s: {keys: 9}}}
        """);
    assertThat(run("test", "--file", file.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("failed  mine")
        .contains("expected {0s: firing warning}, was silence");
  }

  @Test
  void reportsBadRulesWithTheirLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, "rules:\n  memory_high:\n    for: soon\n");
    assertThat(run("test", "--file", file.toString())).isEqualTo(3);
    assertThat(err.toString()).contains("mine.yaml:3: rules.memory_high.for");
  }

  @Test
  void showsARuleAndNamesTheListForAnUnknownOne() {
    assertThat(run("show", "memory_high")).isZero();
    assertThat(out.toString()).contains("`mem_util > 70 %`, over at 63 % or less, for 5m");
    assertThat(run("show", "nope")).isEqualTo(2);
    assertThat(err.toString()).contains("no rule nope");
  }

  @Test
  void listsEveryRule() {
    assertThat(run("list")).isZero();
    assertThat(out.toString().lines()).hasSize(33);
  }

  private int run(String... args) {
    CommandLine line = CommandRun.with(new CommandLine(new RulesCommand()));
    return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
  }
}
