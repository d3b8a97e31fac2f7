package io.emberwatch.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {

  private enum Tier {
    CACHE,
    WRITE_BEHIND
  }

  private static ConfigReader yaml(String yaml) {
    return ConfigReader.ofYaml("test.yaml", yaml, Map.of("REDIS_PASSWORD", "hunter2"));
  }

  private static List<String> problems(ConfigReader reader) {
    return reader.problems().stream().map(ConfigProblem::toString).toList();
  }

  @Test
  void readsEveryType() {
    ConfigReader reader =
        yaml(
            """
            name: cache-eu
            version: 1.10
            enabled: true
            port: 6_379
            ratio: 0.25
            every: 1h30m
            size: 64MB
            tier: write-behind
            hosts: [a, b]
            zones: x, y
            labels: {owner: team-a, a.b: c}
            """);
    assertThat(reader.string("name")).isEqualTo("cache-eu");
    assertThat(reader.string("version")).isEqualTo("1.10");
    assertThat(reader.bool("enabled")).isTrue();
    assertThat(reader.integer("port", 1, 65_535)).isEqualTo(6379);
    assertThat(reader.number("ratio", 0, 1)).isEqualTo(0.25);
    assertThat(reader.duration("every", Duration.ZERO, Duration.ofDays(1)))
        .isEqualTo(Duration.ofMinutes(90));
    assertThat(reader.bytes("size", 0, Long.MAX_VALUE)).isEqualTo(64_000_000);
    assertThat(reader.choice("tier", Tier.class)).isEqualTo(Tier.WRITE_BEHIND);
    assertThat(reader.strings("hosts")).containsExactly("a", "b");
    assertThat(reader.strings("zones")).containsExactly("x", "y");
    assertThat(reader.stringMap("labels"))
        .containsExactly(Map.entry("owner", "team-a"), Map.entry("a.b", "c"));
    reader.check();
  }

  @Test
  void fallsBackWhereAKeyIsAbsentOrNull() {
    ConfigReader reader = yaml("port: ~\nname:\n");
    assertThat(reader.integer("port", 1, 10, 7)).isEqualTo(7);
    assertThat(reader.string("name", "none")).isEqualTo("none");
    assertThat(reader.bool("on", true)).isTrue();
    assertThat(reader.number("ratio", 0, 1, 0.5)).isEqualTo(0.5);
    assertThat(reader.optionalNumber("ratio", 0, 1)).isEqualTo(OptionalDouble.empty());
    assertThat(reader.bytes("size", 0, 9, 3)).isEqualTo(3);
    assertThat(reader.duration("d", Duration.ZERO, Duration.ofSeconds(9), Duration.ofSeconds(1)))
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(reader.choice("tier", Tier.class, Tier.CACHE)).isEqualTo(Tier.CACHE);
    assertThat(reader.optionalString("other")).isEmpty();
    assertThat(reader.strings("list")).isEmpty();
    assertThat(reader.sections("groups")).isEmpty();
    assertThat(reader.namedSections("named")).isEmpty();
    assertThat(reader.secret("password")).isEmpty();
    reader.check();
  }

  @Test
  void reportsAllProblemsInLineOrderWithPathRangeAndNearestKey() {
    ConfigReader reader =
        yaml(
            """
            groups:
              cache:
                - port: 70000
                  intervall: 5s
                - interval: 5
            enabled: yes
            """);
    for (ConfigReader target : reader.section("groups").sections("cache")) {
      target.integer("port", 1, 65_535);
      target.duration("interval", Duration.ofSeconds(1), Duration.ofHours(1), Duration.ZERO);
    }
    reader.bool("enabled");
    reader.string("name");
    assertThat(problems(reader))
        .containsExactly(
            "test.yaml:1: name: is required; expected a text",
            "test.yaml:3: groups.cache[0].port: \"70000\" is not allowed; expected a whole number"
                + " from 1 to 65535, such as 1",
            "test.yaml:4: groups.cache[0].intervall: unknown key; did you mean interval?",
            "test.yaml:5: groups.cache[1].port: is required; expected a whole number from 1 to"
                + " 65535, such as 1",
            "test.yaml:5: groups.cache[1].interval: \"5\" is not allowed; expected a duration from"
                + " 1s to 1h, such as 500ms, 15s or 1h30m",
            "test.yaml:6: enabled: \"yes\" is not allowed; expected true or false");
    assertThatThrownBy(reader::check)
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("6 configuration problems\n  test.yaml:1: name");
  }

  @Test
  void namesTheKindThatItFoundWhereAnotherWasExpected() {
    ConfigReader reader = yaml("a: {x: 1}\nb: text\nc: text\nd: [1]\ne: [text]\n");
    reader.string("a");
    reader.section("b");
    reader.sections("c");
    reader.section("d");
    reader.sections("e");
    assertThat(problems(reader))
        .containsExactly(
            "test.yaml:1: a: expected a text, found a mapping",
            "test.yaml:2: b: expected keys with values, found a single value",
            "test.yaml:3: c: expected a list, found a single value",
            "test.yaml:4: d: expected keys with values, found a list",
            "test.yaml:5: e[0]: expected keys with values, found a single value");
  }

  @Test
  void readsNamedSectionsInOrder() {
    ConfigReader reader = yaml("groups:\n  z: {port: 1}\n  a: {port: 2}\n");
    Map<String, ConfigReader> groups = reader.namedSections("groups");
    assertThat(groups.keySet()).containsExactly("z", "a");
    assertThat(reader.section("groups").section("a").integer("port", 1, 9)).isEqualTo(2);
    assertThat(reader.section("groups").section("a").path()).isEqualTo("groups.a");
    assertThat(problems(reader))
        .containsExactly("test.yaml:2: groups.z.port: unknown key; no key is known here");
  }

  @Test
  void keepsTheCallersProblemsAtTheKeysPlace() {
    ConfigReader reader = yaml("low: 5\nhigh: 3\n");
    if (reader.integer("low", 0, 9) > reader.integer("high", 0, 9)) {
      reader.problem("high", "must be above low");
    }
    assertThat(reader.problems())
        .containsExactly(
            new ConfigProblem(new Place("test.yaml", 2, 1), "high", "must be above low"));
  }

  @Test
  void refusesDuplicateKeysAndBrokenSyntaxWithTheLine() {
    ConfigReader twice = yaml("a: 1\nb: 2\na: 3\n");
    twice.integer("a", 0, 9);
    twice.integer("b", 0, 9);
    assertThat(problems(twice))
        .containsExactly("test.yaml:3: a: written twice, first at test.yaml:1");
    assertThat(problems(yaml("a: 1\nb: [1, 2\nc: 3\n")))
        .singleElement()
        .asString()
        .startsWith("test.yaml:3: not valid YAML:");
    assertThat(problems(yaml("- a\n- b\n")))
        .containsExactly("test.yaml:1: expected keys with values, found a list");
    assertThat(problems(yaml(""))).isEmpty();
  }

  @Test
  void refusesDocumentsThatExplodeOrRecurse() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i <= 8; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, (alias + ", ").repeat(9) + alias));
    }
    assertThat(problems(yaml(bomb.toString()))).isNotEmpty();
    assertThat(problems(yaml("a: &a [*a]\n"))).isNotEmpty();
    assertThat(problems(yaml("a: ".repeat(5)))).isNotEmpty();
    assertThat(problems(yaml("a: " + "[".repeat(60) + "]".repeat(60)))).isNotEmpty();
  }

  @Test
  void takesSecretsFromFileOrEnvironmentOnly(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("password"), "s3cret\n");
    Path file = folder.resolve("targets.yaml");
    Files.writeString(file, "password: {file: password}\n");
    ConfigReader fromFile = ConfigReader.ofFile(file);
    assertThat(fromFile.secret("password").map(Secret::reveal)).isEqualTo(Optional.of("s3cret"));
    fromFile.check();

    ConfigReader fromEnv = yaml("password: {env: REDIS_PASSWORD}");
    assertThat(fromEnv.secret("password").map(Secret::reveal)).isEqualTo(Optional.of("hunter2"));
    fromEnv.check();
  }

  @Test
  void neverEchoesASecretThatIsWrittenInline() {
    ConfigReader reader =
        yaml(
            """
            a: hunter2
            b: {value: hunter2}
            c: {env: ABSENT}
            d: {file: /absent/file}
            e: {file: x, env: y}
            """);
    for (String key : List.of("a", "b", "c", "d", "e")) {
      reader.secret(key);
    }
    assertThat(problems(reader))
        .containsExactly(
            "test.yaml:1: a: a secret must not be written here; expected {file: path} or {env:"
                + " NAME}",
            "test.yaml:2: b: expected {file: path} or {env: NAME}, one of both",
            "test.yaml:2: b.value: unknown key; known: env, file",
            "test.yaml:3: c: environment variable ABSENT is not set",
            "test.yaml:4: d: cannot read the secret's file /absent/file",
            "test.yaml:5: e: expected {file: path} or {env: NAME}, one of both");
  }

  @Test
  void reportsAFileThatIsAbsentOrNoText(@TempDir Path folder) throws Exception {
    Path absent = folder.resolve("absent.yaml");
    assertThat(problems(ConfigReader.ofFile(absent))).containsExactly(absent + ": no such file");
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, 0x00});
    assertThat(problems(ConfigReader.ofFile(binary))).containsExactly(binary + ": not UTF-8 text");
  }

  @Test
  void readsAListThatMixesValuesAndMappings() {
    ConfigReader reader =
        ConfigReader.ofYaml("f.yaml", "servers: [a, {address: b, zone: z, zoned: 1}, ~]");
    List<ConfigReader> servers = reader.sectionsOrValues("servers", "address");
    assertThat(servers).extracting(s -> s.string("address")).containsExactly("a", "b");
    assertThat(servers.get(1).string("zone")).isEqualTo("z");
    assertThat(reader.problems())
        .extracting(ConfigProblem::toString)
        .containsExactly(
            "f.yaml:1: servers[1].zoned: unknown key; did you mean zone?",
            "f.yaml:1: servers[2]: expected keys with values, found nothing");
  }
}
