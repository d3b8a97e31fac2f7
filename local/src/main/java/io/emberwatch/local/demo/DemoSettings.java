package io.emberwatch.local.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The services' settings that make the demo short: waits only, no threshold. */
public final class DemoSettings {

  /** A rule that waits five minutes waits three seconds. */
  private static final String RULES = "time-scale: 0.01\n";

  private DemoSettings() {}

  /** Writes the rules file into a folder and gives the settings by service name. */
  public static Map<String, List<String>> services(Path folder, URI webhook) throws IOException {
    Path rules = Files.createDirectories(folder).resolve("demo-rules.yaml");
    Files.writeString(rules, RULES, StandardCharsets.UTF_8);
    return Map.of(
        "collector",
        List.of("poll.backoff-cap=1s"),
        "processor",
        List.of("rules.file=" + rules),
        "alerter",
        List.of(
            "incidents.group-wait=0s",
            "incidents.resolve-hold=1s",
            "incidents.reopen-window=0s",
            "receivers={demo: {type: webhook, url: \"" + webhook + "\"}}"));
  }
}
