package io.emberwatch.alerter.web;

import static io.emberwatch.alerter.incident.Breaches.breach;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every example of {@code docs/api.md} works as it stands. */
class ApiDocIT {

  private static final Pattern EXAMPLE = Pattern.compile("```sh\\n(.+?)\\n```", Pattern.DOTALL);

  @Test
  void runsEveryExample() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/curl")), "no curl: the examples are not run");
    List<String> examples =
        EXAMPLE
            .matcher(Files.readString(Path.of("..", "docs", "api.md")))
            .results()
            .map(MatchResult::group)
            .map(block -> block.replaceAll("```(sh)?", ""))
            .toList();
    assertThat(examples).hasSize(6);
    try (WebFixture web = new WebFixture()) {
      String id = web.take(breach("memory_high").at(Instant.now())).id();
      for (String example : examples) {
        String answer = run(example, web.server().uri().toString(), id);
        assertThat(new ObjectMapper().readTree(answer).isObject()).as(example).isTrue();
      }
      assertThat(web.incidents().read(id).orElseThrow().incident().open()).isFalse();
    }
  }

  private static String run(String example, String url, String id) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", example).redirectErrorStream(true);
    builder.environment().put("URL", url);
    builder.environment().put("ID", id);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(example + output).isZero();
    return output;
  }
}
