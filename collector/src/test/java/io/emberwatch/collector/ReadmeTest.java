package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.probe.Probe;
import io.emberwatch.collector.probe.Probes;
import io.emberwatch.collector.target.Target;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The README's table of settings against the reference file. */
class ReadmeTest {

  private static final Pattern ROW = Pattern.compile("\\| `([a-z.-]+)` \\| (.+?) \\| .*");

  private static final Pattern PROBE_ROW =
      Pattern.compile("\\| `([a-z_]+)` \\| .*? \\| (\\w+) \\| ?(.*?) ?\\|");

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

  @Test
  void tellsEveryProbeWithItsCadenceAndRights() throws Exception {
    List<String> told =
        Files.readString(Path.of("README.md"))
            .lines()
            .dropWhile(line -> !line.startsWith("| probe |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(PROBE_ROW::matcher)
            .map(row -> row.matches() ? row.group(1) + " " + row.group(2) + " " + row.group(3) : "")
            .toList();
    List<String> real = new ArrayList<>();
    for (Probe probe : Probes.of(Target.of("any", "any", "any", 1), "any")) {
      real.add(probe.name() + " " + cadence(probe) + " " + rights(probe));
    }
    assertThat(told).isEqualTo(real);
  }

  private static String cadence(Probe probe) {
    long seconds = probe.cadence().toSeconds();
    return seconds == 0 ? "poll" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static String rights(Probe probe) {
    return probe.grants().stream().map(grant -> "`" + grant + "`").collect(Collectors.joining(" "));
  }

  private static void flatten(String prefix, Object node, Map<String, String> into) {
    if (node instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach(
          (key, value) -> flatten(prefix.isEmpty() ? "" + key : prefix + "." + key, value, into));
    } else {
      into.put(prefix, String.valueOf(node));
    }
  }
}
