package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The README's table of settings against the reference file. */
class ReadmeTest {

  private static final Pattern ROW = Pattern.compile("\\| `([a-z.-]+)` \\| (.+?) \\| .*");

  @Test
  void tellsEveryKeyOfTheReferenceFileWithItsDefault() throws Exception {
    Map<String, String> told = new TreeMap<>();
    String readme = Files.readString(Path.of("README.md"));
    String section = readme.substring(readme.indexOf("\n## Configuration\n"));
    section
        .substring(0, section.indexOf("\n## The user"))
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(row -> told.put(row.group(1), row.group(2).replace("`", "")));
    assertThat(told.remove("collector-id")).isEqualTo("the host's name");

    Map<String, String> reference = new TreeMap<>();
    try (InputStream file = CollectorConfig.class.getResourceAsStream(CollectorConfig.REFERENCE)) {
      flatten("", new Load(LoadSettings.builder().build()).loadFromInputStream(file), reference);
    }
    // The runtime module tells these; the collector's id has no default in the file.
    reference.keySet().removeIf(key -> key.matches("(kafka|schema-registry|admin)\\..*"));
    assertThat(reference.remove("collector-id")).isEmpty();
    assertThat(told).isEqualTo(reference);
  }

  private static void flatten(String prefix, Object node, Map<String, String> into) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> flatten(prefix.isEmpty() ? "" + key : prefix + "." + key, value, into));
    } else {
      into.put(prefix, String.valueOf(node));
    }
  }
}
