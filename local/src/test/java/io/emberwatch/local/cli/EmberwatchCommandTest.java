package io.emberwatch.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.topic.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmberwatchCommandTest {

  @Test
  void listsItsCommandsExitCodesAndExamples() {
    CommandOutput output = CommandOutput.of("--help");

    assertThat(output.out())
        .contains("local", "demo", "collector", "processor", "alerter", "check-config")
        .contains("Exit codes:", "Examples:");
    assertThat(output.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "demo", "check-config", "targets", "processor", "alerter"})
  void explainsEachCommandWithExamples(String command) {
    CommandOutput output = CommandOutput.of(command, "--help");

    assertThat(output.out()).contains("Usage: emberwatch " + command).contains("Examples:");
    assertThat(output.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--no-such-option", "no-such-command"})
  void refusesWhatItDoesNotKnow(String argument) {
    CommandOutput output = CommandOutput.of(argument);

    assertThat(output.err()).contains(argument);
    assertThat(output.exitCode()).isEqualTo(2);
  }

  @Test
  void refusesAPasswordOnTheCommandLine() {
    CommandOutput output = CommandOutput.of("local", "--redis", "redis://:hidden@127.0.0.1:6379");

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains("targets").doesNotContain("hidden");
  }

  @Test
  void printsTheTopicsAsMarkdown() {
    CommandOutput output = CommandOutput.of("topics", "docs");

    assertThat(output.exitCode()).isZero();
    assertThat(Topics.all()).allSatisfy(topic -> assertThat(output.out()).contains(topic.name()));
  }

  @Test
  void findsTheSchemasCompatible() {
    CommandOutput output = CommandOutput.of("schemas", "check");

    assertThat(output.out()).contains("can read all published versions");
    assertThat(output.exitCode()).isZero();
  }

  @Test
  void writesACompletionScript() {
    CommandOutput output = CommandOutput.of("generate-completion");

    assertThat(output.out()).contains("complete -F _complete_emberwatch").contains("check-config");
    assertThat(output.exitCode()).isZero();
  }
}
