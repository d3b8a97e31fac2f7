package io.emberwatch.collector.display;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emberwatch.schemas.CommandStats;
import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.ProbeCost;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecordDisplayTest {

  private static final InstanceSample SAMPLE = sample();

  @Test
  void printsScalarsThenNestedRecordsThenTables() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new RecordTable(out).print(SAMPLE);
    out.flush();
    assertThat(text.toString().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .contains(
            "instance_id prod/a/b:1",
            "commands (2)",
            "command calls usec",
            "get 12 -",
            "set. 3 40",
            "probe_latency_usec",
            "ping 7",
            "probe_cost",
            "stretch 1.0")
        .noneMatch(line -> line.startsWith("error"));
  }

  @Test
  void writesJsonWithoutNullsAndWithNumbersAsNumbers() throws Exception {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      RecordJson.write(SAMPLE, json);
    }
    JsonNode read = new ObjectMapper().readTree(text.toString());
    assertThat(read.get("instance_id").asText()).isEqualTo("prod/a/b:1");
    assertThat(read.get("engine").asText()).isEqualTo("REDIS");
    assertThat(read.get("sampled_at").asText()).isEqualTo("2023-11-14T22:13:20Z");
    assertThat(read.get("commands").get(1).get("usec").isIntegralNumber()).isTrue();
    assertThat(read.get("probe_cost").get("server_share").asDouble()).isEqualTo(0.25);
    assertThat(read.get("probe_latency_usec").get("ping").asLong()).isEqualTo(7);
    assertThat(read.has("error")).isFalse();
  }

  private static InstanceSample sample() {
    InstanceSample sample = new InstanceSample();
    sample.setInstanceId("prod/a/b:1");
    sample.setEngine(Engine.REDIS);
    sample.setSampledAt(Instant.ofEpochSecond(1_700_000_000));
    sample.setProbeLatencyUsec(Map.of("ping", 7L));
    sample.setCommands(List.of(command("get", 12L, null), command("set\n", 3L, 40L)));
    sample.setProbeCost(new ProbeCost(0.25, 0.5, 1.0));
    return sample;
  }

  private static CommandStats command(String name, long calls, @Nullable Long usec) {
    CommandStats stats = new CommandStats();
    stats.setCommand(name);
    stats.setCalls(calls);
    stats.setUsec(usec);
    return stats;
  }
}
