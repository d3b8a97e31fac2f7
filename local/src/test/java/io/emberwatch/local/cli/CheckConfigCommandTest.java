package io.emberwatch.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigCommandTest {

  @TempDir private Path folder;

  @Test
  void saysOkOfEveryGoodFile() throws IOException {
    Path collector = file("collector.yaml", "collector-id: one\n");
    Path targets = file("targets.yaml", "fleet: f\ngroups:\n  a:\n    instances: [\"h:6379\"]\n");
    Path processor = file("processor.yaml", "streams: {threads: 2}\n");
    Path rules = file("rules.yaml", "time-scale: 0.5\n");
    Path alerter = file("alerter.yaml", "namespace: here\n");

    CommandOutput output =
        CommandOutput.of(
            "check-config",
            "--collector=" + collector,
            "--targets=" + targets,
            "--processor=" + processor,
            "--rules=" + rules,
            "--alerter=" + alerter);

    assertThat(output.out().lines())
        .containsExactly(
            "ok " + collector, "ok " + targets, "ok " + processor, "ok " + rules, "ok " + alerter);
    assertThat(output.exitCode()).isZero();
  }

  @Test
  void listsTheDiscoveriesOfTheTargets() throws IOException {
    Path targets =
        file(
            "found.yaml",
            "fleet: prod\ngroups: {carts: {discover: {cluster: [10.0.0.1, 10.0.0.2]}}}\n");
    CommandOutput output = CommandOutput.of("check-config", "--targets=" + targets);
    assertThat(output.out().lines())
        .containsExactly("ok " + targets, "  prod/carts by cluster: 10.0.0.1:6379, 10.0.0.2:6379");
  }

  @Test
  void printsEveryProblemWithItsLineAndGoesOnToTheNextFile() throws IOException {
    Path alerter =
        file("alerter.yaml", "namespace: here\nwebb: {port: 1}\nincidents: {group-wait: 3}\n");
    Path rules = file("rules.yaml", "time-scale: 7\n");
    Path collector = file("collector.yaml", "collector-id: one\n");

    CommandOutput output =
        CommandOutput.of(
            "check-config", "--alerter=" + alerter, "--rules=" + rules, "--collector=" + collector);

    assertThat(output.out().lines())
        .anySatisfy(line -> assertThat(line).startsWith(alerter + ":2").contains("webb"))
        .anySatisfy(line -> assertThat(line).startsWith(alerter + ":3").contains("group-wait"))
        .anySatisfy(line -> assertThat(line).startsWith(rules + ":1").contains("time-scale"))
        .contains("ok " + collector);
    assertThat(output.exitCode()).isEqualTo(3);
  }

  @Test
  void takesAMissingFileForAProblem() {
    Path missing = folder.resolve("missing.yaml");

    CommandOutput output = CommandOutput.of("check-config", "--targets=" + missing);

    assertThat(output.out()).contains(missing.toString()).contains("no such file");
    assertThat(output.exitCode()).isEqualTo(3);
  }

  @Test
  void wantsAFile() {
    CommandOutput output = CommandOutput.of("check-config");

    assertThat(output.err()).contains("name at least one file");
    assertThat(output.exitCode()).isEqualTo(2);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
