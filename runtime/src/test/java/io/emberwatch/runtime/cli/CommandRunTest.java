package io.emberwatch.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.lifecycle.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class CommandRunTest {

  @Command(name = "sample", mixinStandardHelpOptions = true, versionProvider = BuildVersion.class)
  private static final class Sample implements Callable<Integer> {
    @Mixin private final CommonOptions options = new CommonOptions();

    @Override
    public Integer call() {
      ConfigReader reader =
          options.load("sample.yaml", CommandRunTest.class, "SAMPLE_", Map.of("SAMPLE_X", "1"));
      long port = reader.integer("port", 1, 65_535);
      reader.check();
      if (port == 666) {
        throw new IllegalStateException("no luck");
      }
      return options.checkOnly() ? ExitCode.OK.code() : 77;
    }
  }

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return CommandRun.with(new CommandLine(new Sample()))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  @Test
  void runsWithTheReferenceAndChecksOnly() {
    assertThat(run()).isEqualTo(77);
    assertThat(run("--check", "--log-level", "info")).isZero();
  }

  @Test
  void writesConfigurationProblemsToStandardErrorAndExitsWithThree() {
    assertThat(run("--set", "port=0", "--set", "prt=1")).isEqualTo(3);
    assertThat(err.toString())
        .contains("2 configuration problems")
        .contains("--set port: port: \"0\" is not allowed")
        .contains("--set prt: prt: no such key");
  }

  @Test
  void exitsWithThreeWhenTheFileIsAbsent() {
    assertThat(run("--config", "/absent/sample.yaml")).isEqualTo(3);
    assertThat(err.toString()).contains("/absent/sample.yaml: no such file");
  }

  @Test
  void exitsWithTwoOnWrongArguments() {
    assertThat(run("--nonsense")).isEqualTo(2);
  }

  @Test
  void exitsWithOneOnAFault() {
    assertThat(run("--set", "port=666")).isEqualTo(1);
    assertThat(err.toString()).contains("sample failed: no luck");
  }

  @Test
  void tellsTheVersionOfTheBuild() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("emberwatch \\d+\\.\\d+\\.\\d+\\S* \\(\\S+\\)\\s*");
  }
}
