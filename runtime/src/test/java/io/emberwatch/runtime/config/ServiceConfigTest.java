package io.emberwatch.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceConfigTest {

  private static ConfigReader load(Optional<Path> file, Map<String, String> env, String... sets) {
    return ServiceConfig.load(
        "reference.yaml", ServiceConfigTest.class, file, "EW_", env, List.of(sets));
  }

  private static Duration interval(ConfigReader reader) {
    return reader.duration("interval", Duration.ofSeconds(1), Duration.ofMinutes(1));
  }

  @Test
  void laterLayersWinAndKeepTheirPlaces(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("user.yaml"), "# mine\ninterval: 20s\n");
    Map<String, String> env = Map.of("EW_INTERVAL", "30s");

    ConfigReader reference = load(Optional.empty(), Map.of());
    assertThat(interval(reference)).hasSeconds(15);
    assertThat(reference.place("interval")).hasToString("reference.yaml:2");

    ConfigReader user = load(Optional.of(file), Map.of());
    assertThat(interval(user)).hasSeconds(20);
    assertThat(user.place("interval")).hasToString(file + ":2");
    assertThat(user.section("nested").bytes("max-size", 0, 1 << 20)).isEqualTo(1 << 20);

    ConfigReader variable = load(Optional.of(file), env);
    assertThat(interval(variable)).hasSeconds(30);
    assertThat(variable.place("interval")).hasToString("env EW_INTERVAL");

    ConfigReader flag = load(Optional.of(file), env, "interval=40s");
    assertThat(interval(flag)).hasSeconds(40);
    assertThat(flag.place("interval")).hasToString("--set interval");
  }

  @Test
  void matchesVariablesAgainstKebabAndDottedKeys() {
    Map<String, String> env =
        Map.of(
            "EW_KAFKA_BOOTSTRAP_SERVERS", "k1:9092,k2:9092",
            "EW_KAFKA_PRODUCER_LINGER_MS", "5",
            "EW_KAFKA_SECURITY_PROTOCOL", "SSL",
            "EW_NESTED_MAX_SIZE", "2MiB",
            "EW_SERVICE_HOST", "10.0.0.1");
    ConfigReader reader = load(Optional.empty(), env);
    ConfigReader kafka = reader.section("kafka");
    assertThat(kafka.strings("bootstrap-servers")).containsExactly("k1:9092", "k2:9092");
    assertThat(kafka.string("security.protocol")).isEqualTo("SSL");
    assertThat(kafka.stringMap("producer")).containsExactly(Map.entry("linger.ms", "5"));
    assertThat(reader.section("nested").bytes("max-size", 0, 1 << 22)).isEqualTo(2 << 20);
    assertThat(reader.keys()).doesNotContain("service.host");
  }

  @Test
  void matchesFlagsAndTakesListsAndMappings() {
    ConfigReader reader =
        load(
            Optional.empty(),
            Map.of(),
            "kafka.producer.linger.ms=5",
            "tags=[x, y]",
            "labels={owner: me}",
            "nested.max-size=3MiB");
    assertThat(reader.section("kafka").stringMap("producer")).containsEntry("linger.ms", "5");
    assertThat(reader.strings("tags")).containsExactly("x", "y");
    assertThat(reader.stringMap("labels")).containsEntry("owner", "me");
    assertThat(reader.section("nested").bytes("max-size", 0, 1 << 22)).isEqualTo(3 << 20);
  }

  @Test
  void reportsFaultsOfEveryLayerByTheirSource() {
    ConfigReader reader =
        load(Optional.empty(), Map.of("EW_INTERVAL", "soon"), "absent=1", "nonsense");
    interval(reader);
    assertThat(reader.problems().stream().map(ConfigProblem::toString))
        .contains(
            "--set ...: expected key=value",
            "--set absent: absent: no such key",
            "env EW_INTERVAL: interval: \"soon\" is not allowed; expected a duration from 1s to 1m,"
                + " such as 500ms, 15s or 1h30m");
  }

  @Test
  void takesASecretFromItsOwnVariableButNotFromAFlag() {
    ConfigReader variable = load(Optional.empty(), Map.of("EW_PASSWORD", "hunter2"));
    assertThat(variable.secret("password").map(Secret::reveal)).contains("hunter2");
    assertThat(variable.secret("password"))
        .map(Secret::toString)
        .contains("Secret[env EW_PASSWORD]");

    ConfigReader flag = load(Optional.empty(), Map.of(), "password=hunter2");
    assertThat(flag.secret("password")).isEmpty();
    assertThat(flag.problems().toString()).contains("--set password").doesNotContain("hunter2");
  }

  @Test
  void aLaterSourceOfASecretReplacesTheEarlierOne(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "from-file");
    Path file = Files.writeString(folder.resolve("user.yaml"), "password: {env: FIRST}\n");
    Map<String, String> env = Map.of("FIRST", "from-env");
    ConfigReader user = load(Optional.of(file), env);
    assertThat(user.secret("password").map(Secret::reveal)).contains("from-env");

    Map<String, String> variable = Map.of("EW_PASSWORD_FILE", secret.toString());
    ConfigReader suffixed = load(Optional.empty(), variable);
    assertThat(suffixed.secret("password").map(Secret::reveal)).contains("from-file");

    ConfigNode.Mapping lower = YamlTree.parse("low.yaml", "password: {env: FIRST}", new Ledger());
    ConfigNode.Mapping upper = YamlTree.parse("high.yaml", "password: {file: x}", new Ledger());
    assertThat(lower.under(upper).entries().get("password"))
        .isEqualTo(upper.entries().get("password"));
  }

  @Test
  void refusesAReferenceThatIsNotInTheJar() {
    assertThatThrownBy(
            () ->
                ServiceConfig.load(
                    "absent.yaml",
                    ServiceConfigTest.class,
                    Optional.empty(),
                    "EW_",
                    Map.of(),
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("absent.yaml");
  }
}
