package io.emberwatch.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.alerter.AlerterConfig;
import io.emberwatch.collector.CollectorConfig;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetFile;
import io.emberwatch.processor.ProcessorConfig;
import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.ServiceConfig;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.kafka.RegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the settings that {@code docker-compose.yml} mounts as the services themselves do. */
final class ComposeFilesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path FOLDER = ROOT.resolve("deploy").resolve("compose");

  @Test
  void theCollectorFindsItsServersAndTargets() {
    ConfigReader reader =
        load("collector", CollectorConfig.REFERENCE, CollectorConfig.class, List.of());
    CollectorConfig config = CollectorConfig.read(reader, Map.of());
    reader.check();

    expectServers(config.kafka(), config.registry());
    assertThat(config.replicationFactor()).isEqualTo(1);
    assertThat(config.targetsFile()).isEqualTo(Path.of("/etc/emberwatch/targets.yaml"));
  }

  @Test
  void theTargetsAreAPrimaryAndItsReplicaWithKeyspaceEvents() throws IOException {
    List<Target> targets = TargetFile.read(FOLDER.resolve("targets.yaml")).targets();

    assertThat(targets)
        .extracting(Target::instanceId)
        .containsExactly("compose/redis/redis-primary:6379", "compose/redis/redis-replica:6379");
    assertThat(targets).allSatisfy(target -> assertThat(target.keyspaceEvents()).isPresent());
    assertThat(compose()).contains("\n  redis-primary:\n").contains("\n  redis-replica:\n");
  }

  @Test
  void theProcessorKeepsItsStateInTheVolume() {
    ConfigReader reader =
        load("processor", ProcessorConfig.REFERENCE, ProcessorConfig.class, List.of());
    ProcessorConfig config = ProcessorConfig.read(reader);
    reader.check();

    expectServers(config.kafka(), config.registry());
    assertThat(config.replicationFactor()).isEqualTo(1);
    assertThat(config.stateFolder()).isEqualTo(Path.of("/var/lib/emberwatch/processor"));
  }

  @Test
  void theAlertersPageIsPublishedOnThisMachineOnly() throws IOException {
    ConfigReader reader = alerter(List.of("database.password={file: " + password() + "}"));
    AlerterConfig config = AlerterConfig.read(reader);
    reader.check();

    expectServers(config.kafka(), config.registry());
    assertThat(config.database().url()).isEqualTo("jdbc:postgresql://postgres:5432/emberwatch");
    assertThat(config.database().password().orElseThrow().reveal()).isNotBlank();
    assertThat(config.web().host()).isEqualTo("0.0.0.0");
    int port = config.web().port();
    assertThat(config.web().publicUrl()).isEqualTo("http://localhost:" + port);
    assertThat(compose()).contains("\"127.0.0.1:%d:%d\"".formatted(port, port));
    assertThat(compose()).containsOnlyOnce("ports:");
  }

  @Test
  void theAlertersPasswordIsTheComposeSecret() throws IOException {
    assertThat(compose()).contains("file: ./" + ROOT.relativize(password()));
    ConfigReader reader = alerter(List.of());
    AlerterConfig.read(reader);

    // Docker mounts the secret; here it is missing, which must be the only problem.
    assertThatThrownBy(reader::check)
        .isInstanceOfSatisfying(
            ConfigException.class,
            refused ->
                assertThat(refused.problems())
                    .singleElement()
                    .asString()
                    .contains("database.password", "/run/secrets/postgres_password"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"collector", "processor", "alerter"})
  void theEntryPointFindsTheServicesScript(String service) throws IOException {
    Path script = ROOT.resolve(service).resolve("src/main/dist/bin/emberwatch-" + service);

    assertThat(script).isExecutable();
    assertThat(Files.readString(ROOT.resolve("deploy/entrypoint")))
        .contains("/opt/emberwatch/bin/emberwatch-$EMBERWATCH_SERVICE");
    assertThat(compose()).contains("SERVICE: " + service);
  }

  @Test
  void everyMountedFileThatACommandNamesIsThere() throws IOException {
    List<String> named =
        Pattern.compile("/etc/emberwatch/([a-z-]+\\.yaml)")
            .matcher(compose())
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();

    assertThat(named)
        .containsExactlyInAnyOrder(
            "collector.yaml", "targets.yaml", "processor.yaml", "alerter.yaml")
        .allSatisfy(name -> assertThat(FOLDER.resolve(name)).isRegularFile());
  }

  private static ConfigReader alerter(List<String> overrides) {
    return load("alerter", AlerterConfig.REFERENCE, AlerterConfig.class, overrides);
  }

  private static Path password() {
    return ROOT.resolve("deploy/secrets/postgres-password");
  }

  private static ConfigReader load(
      String service, String reference, Class<?> anchor, List<String> overrides) {
    return ServiceConfig.load(
        reference,
        anchor,
        Optional.of(FOLDER.resolve(service + ".yaml")),
        "NO_PREFIX_",
        Map.of(),
        overrides);
  }

  private static void expectServers(KafkaSettings kafka, RegistrySettings registry) {
    assertThat(kafka.bootstrapServers()).containsExactly("kafka:9092");
    assertThat(registry.properties())
        .containsEntry("schema.registry.url", "http://schema-registry:8081");
  }

  private static String compose() throws IOException {
    return Files.readString(ROOT.resolve("docker-compose.yml"));
  }
}
