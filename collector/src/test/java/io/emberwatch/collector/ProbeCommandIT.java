package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.runtime.cli.CommandRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an operator runs first, against a real server. */
class ProbeCommandIT {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsASampleAsJsonAndAsATableWithWhatWasRefused() throws Exception {
    try (RedisProcess redis = RedisProcess.builder().binary(RedisBinary.redis70()).start()) {
      redis.call("SET", "a", "1");
      String address = "redis://127.0.0.1:" + redis.port();
      assertThat(run(address, "--json")).isZero();
      JsonNode sample = new ObjectMapper().readTree(out.toString()).get("sample");
      assertThat(sample.get("state").asText()).isEqualTo("UP");
      assertThat(sample.get("version").asText()).isEqualTo("7.0.15");
      assertThat(sample.get("memory").get("used_memory").asLong()).isPositive();
      assertThat(sample.get("commands")).isNotEmpty();
      assertThat(sample.get("refused_probes")).isEmpty();

      redis.call("ACL", "SETUSER", "few", "on", ">pw", "-@all", "+ping", "+info");
      Path password = Files.writeString(folder.resolve("password"), "pw\n");
      assertThat(run(address, "--user", "few", "--password-file", password.toString())).isZero();
      assertThat(out.toString())
          .contains("version", "7.0.15", "used_memory", "Refused:")
          .contains("slowlog (NOPERM): needs +slowlog|get")
          .doesNotContain("pw\n");
    }
  }

  @Test
  void saysWhyThereIsNoSample() {
    assertThat(run("redis://127.0.0.1:1")).isEqualTo(1);
    assertThat(out.toString()).contains("UNREACHABLE", "Connection refused");
    assertThat(run("http://a")).isEqualTo(2);
    assertThat(err.toString()).contains("the scheme http is not known");
    assertThat(run("redis://user:secret@a")).isEqualTo(2);
    assertThat(err.toString()).contains("must not be written").doesNotContain("secret");
    assertThat(run("a", "--user", "few")).isEqualTo(2);
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> words = new ArrayList<>(List.of("probe"));
    words.addAll(List.of(arguments));
    return CommandRun.with(new CommandLine(new CollectorCommand()))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(words.toArray(String[]::new));
  }
}
