package io.emberwatch.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTextTest {

  @Test
  void isOneLineOfJsonWithSortedKeys() {
    ConfigReader document =
        ConfigReader.ofYaml(
            "a.yaml", "b: [1, {d: x, c: y}]\na: {}\nnothing:\ntext: 'it''s \"so\"'\n");

    assertThat(ConfigText.of(document.tree()))
        .isEqualTo(
            "{\"a\": {}, \"b\": [\"1\", {\"c\": \"y\", \"d\": \"x\"}], \"text\": \"it's \\\"so\\\"\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "~",
        "null",
        "a: b # c",
        "back\\slash",
        "tab\tline\nend",
        "ü €",
        "\uD83D\uDE00"
      })
  void isReadBackAsItWas(String value) {
    Map<String, Object> tree =
        Map.of("key " + value, List.of(value, Map.of("k", value)), "e", List.of());

    ConfigReader document = ConfigReader.ofYaml("text", ConfigText.of(tree));

    assertThat(document.tree()).isEqualTo(tree);
  }

  @Test
  void namesOfAnotherMachineAreNotLookedUp() {
    String yaml = "password: {file: no-such-file}\ntoken: {env: NO_SUCH_VARIABLE}\n";
    ConfigReader here = ConfigReader.ofYaml("a.yaml", yaml, Map.of());
    ConfigReader elsewhere = ConfigReader.ofYaml("a.yaml", yaml, Map.of()).forElsewhere();

    here.secret("password");
    here.secret("token");
    assertThat(here.problems()).hasSize(2);

    assertThat(elsewhere.secret("password")).hasToString("Optional[Secret[file no-such-file]]");
    assertThat(elsewhere.secret("token")).hasToString("Optional[Secret[env NO_SUCH_VARIABLE]]");
    assertThat(elsewhere.problems()).isEmpty();
    assertThat(elsewhere.section("x").isForHere()).isFalse();
  }
}
