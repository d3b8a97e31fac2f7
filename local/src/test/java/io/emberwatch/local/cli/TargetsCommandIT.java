package io.emberwatch.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.embedded.broker.EmbeddedBroker;
import io.emberwatch.embedded.registry.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on a real broker and registry; each test has a fleet of its own. */
class TargetsCommandIT {

  @TempDir private static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedRegistry registry;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder.resolve("broker")));
    registry = EmbeddedRegistry.start(EmbeddedRegistry.Settings.in(folder.resolve("registry")));
    assertThat(
            CommandOutput.of(
                    "topics",
                    "create",
                    "--bootstrap-server",
                    broker.bootstrapServers(),
                    "--partitions",
                    "3")
                .exitCode())
        .isZero();
  }

  @AfterAll
  static void stop() {
    registry.close();
    broker.close();
  }

  @Test
  void appliesWhatDiffersAndPrunesOnlyWhenAsked() throws IOException {
    Path two = file("prune", "1s", "10.0.0.1", "10.0.0.2");
    assertThat(targets("apply", "-f", two.toString(), "--dry-run").out())
        .contains("+ prune/g/10.0.0.1:6379", "dry run: 2 added, 0 changed, 0 removed");
    assertThat(targets("diff", "-f", two.toString()).exitCode()).isEqualTo(1);
    assertThat(targets("apply", "-f", two.toString()).out())
        .contains("2 added, 0 changed, 0 removed, 0 unchanged");
    assertThat(targets("apply", "-f", two.toString()).out())
        .contains("0 added, 0 changed, 0 removed, 2 unchanged");
    CommandOutput same = targets("diff", "-f", two.toString());
    assertThat(same.out()).contains("no difference in 2 definitions");
    assertThat(same.exitCode()).isZero();

    Path other = file("prune", "2s", "10.0.0.1", "10.0.0.3");
    CommandOutput difference = targets("diff", "-f", other.toString());
    assertThat(difference.out())
        .contains("~ prune/g/10.0.0.1:6379", "+ prune/g/10.0.0.3:6379", "- prune/g/10.0.0.2:6379")
        .contains("\"poll-interval\": \"1s\"", "\"poll-interval\": \"2s\"");
    assertThat(difference.exitCode()).isEqualTo(1);
    assertThat(targets("apply", "-f", other.toString()).out())
        .contains("1 added, 1 changed, 0 removed, 0 unchanged", "1 not in the file are left");
    assertThat(targets("apply", "-f", other.toString(), "--prune").out())
        .contains("- prune/g/10.0.0.2:6379", "0 added, 0 changed, 1 removed, 2 unchanged");
    assertThat(targets("diff", "-f", other.toString()).exitCode()).isZero();
  }

  @Test
  void leavesOtherFleetsAlone() throws IOException {
    targets("apply", "-f", file("one", "1s", "10.1.0.1").toString());
    targets("apply", "-f", file("two", "1s", "10.2.0.1").toString(), "--prune");

    assertThat(targets("list", "--fleet", "one").out()).contains("one/g/10.1.0.1:6379");
    CommandOutput json = targets("list", "--fleet", "two", "--json");
    assertThat(json.out())
        .contains("\"target_id\" : \"two/g/10.2.0.1:6379\"", "\"poll_interval_millis\" : 1000")
        .doesNotContain("one/g");
  }

  @Test
  void removesByIdAndByFile() throws IOException {
    Path file = file("gone", "1s", "10.3.0.1", "10.3.0.2");
    targets("apply", "-f", file.toString());

    assertThat(targets("remove", "gone/g/10.3.0.1:6379", "gone/g/typo:1").out())
        .contains("- gone/g/10.3.0.1:6379", "absent gone/g/typo:1", "1 removed");
    assertThat(targets("remove", "-f", file.toString(), "--dry-run").out())
        .contains("dry run: 1 removed");
    assertThat(targets("remove", "-f", file.toString()).out()).contains("1 removed");
    assertThat(targets("list", "--fleet", "gone").out()).contains("0 definitions");
  }

  /** Its passwords lie on the collectors, and nothing of them gets onto the topic. */
  @Test
  void writesReferencesToSecretsAndNeverFollowsThem() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("secret.yaml"),
            """
            fleet: secret
            defaults: {password: {file: /run/secrets/redis}, tls: {authorities: ca.pem}}
            groups:
              a: {instances: [{address: 10.4.0.1, password: {env: NO_SUCH_VARIABLE}}]}
            """);

    assertThat(targets("apply", "-f", file.toString()).exitCode()).isZero();
    assertThat(targets("list", "--fleet", "secret", "--json").out())
        .contains("/run/secrets/redis", "NO_SUCH_VARIABLE");
  }

  @Test
  void writesNothingOfAFileWithAProblem() throws IOException {
    Path bad =
        Files.writeString(
            folder.resolve("bad.yaml"),
            "fleet: bad\ngroups:\n  g: {instances: [10.5.0.1], colour: red}\n");

    CommandOutput output = targets("apply", "-f", bad.toString());

    assertThat(output.exitCode()).isEqualTo(3);
    assertThat(output.err()).contains("bad.yaml:3").contains("colour");
    assertThat(targets("list", "--fleet", "bad").out()).contains("0 definitions");
  }

  @Test
  void theCollectorsDryRunListsTheTopic() throws IOException {
    targets("apply", "-f", file("dry", "1s", "10.6.0.1").toString());
    targets("remove", "secret/a/10.4.0.1:6379");

    CommandOutput output =
        CommandOutput.of(
            "collector",
            "--dry-run",
            "--set",
            "targets-source=topic",
            "--set",
            "kafka.bootstrap-servers=" + broker.bootstrapServers(),
            "--set",
            "schema-registry.schema.registry.url=" + registry.url());

    assertThat(output.out()).contains("dry/g/10.6.0.1:6379 every 1000 ms");
    assertThat(output.exitCode()).isZero();
  }

  @Test
  void saysThatNobodyAnswers() {
    CommandOutput output =
        CommandOutput.of("targets", "list", "--bootstrap-server", "127.0.0.1:1", "--timeout", "2");

    assertThat(output.exitCode()).isEqualTo(4);
    assertThat(output.err()).contains("emberwatch.targets");
  }

  @Test
  void wantsSomethingToRemove() {
    CommandOutput output = CommandOutput.of("targets", "remove");

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.err()).contains("name at least one id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"apply", "diff", "list", "remove"})
  void explainsEachCommandWithExamples(String command) {
    assertThat(CommandOutput.of("targets", command, "--help").out()).contains("Examples:");
  }

  private static Path file(String fleet, String interval, String... hosts) throws IOException {
    return Files.writeString(
        folder.resolve(fleet + "-" + interval + ".yaml"),
        "fleet: %s\ndefaults: {poll-interval: %s}\ngroups:\n  g: {instances: [%s]}\n"
            .formatted(fleet, interval, String.join(", ", hosts)));
  }

  private static CommandOutput targets(String... arguments) {
    List<String> all = new ArrayList<>(List.of("targets"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--bootstrap-server", broker.bootstrapServers()));
    all.addAll(List.of("--schema-registry", registry.url()));
    return CommandOutput.of(all.toArray(String[]::new));
  }
}
