package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.schedule.ProbeCadence;
import io.emberwatch.runtime.admin.AdminSettings;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.ServiceConfig;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.kafka.RegistrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CollectorConfigTest {

  private static ConfigReader reference(Map<String, String> env, String... flags) {
    return ServiceConfig.load(
        CollectorConfig.REFERENCE,
        CollectorConfig.class,
        Optional.empty(),
        CollectorConfig.ENV_PREFIX,
        env,
        List.of(flags));
  }

  @Test
  void referenceFileHoldsTheDefaultsOfTheRecord() {
    ConfigReader reader = reference(Map.of());
    CollectorConfig read = CollectorConfig.read(reader, Map.of("HOSTNAME", "Node_7"));
    reader.check();
    CollectorConfig defaults =
        CollectorConfig.of(
            "node_7",
            KafkaSettings.plain("127.0.0.1:9092"),
            RegistrySettings.plain("http://127.0.0.1:8081"));
    assertThat(read).usingRecursiveComparison().ignoringFields("admin").isEqualTo(defaults);
    assertThat(read.admin()).isEqualTo(new AdminSettings("127.0.0.1", 9401, 3));
  }

  @Test
  void takesCadencesByTheNamesOfProbes() {
    ConfigReader reader = reference(Map.of(), "poll.probes={slowlog: 1m, config: off}");
    CollectorConfig read = CollectorConfig.read(reader, Map.of());
    reader.check();
    assertThat(read.watch().cadences())
        .isEqualTo(
            Map.of(
                "slowlog", new ProbeCadence(Optional.of(Duration.ofMinutes(1)), false),
                "config", new ProbeCadence(Optional.empty(), true)));
    ConfigReader wrong = reference(Map.of(), "poll.probes={slowlogs: 1m, config: soon}");
    CollectorConfig.read(wrong, Map.of());
    assertThat(wrong.problems().toString())
        .contains("poll.probes.slowlogs", "expected one of", "poll.probes.config");
  }

  @Test
  void reportsEveryProblemAtOnce() {
    ConfigReader reader =
        reference(Map.of(), "collector-id=a b", "publish.max-in-flight=0", "poll.nonsense=1");
    CollectorConfig read = CollectorConfig.read(reader, Map.of());
    assertThat(read.collectorId()).isEqualTo("a b");
    assertThat(reader.problems().toString())
        .contains("collector-id", "publish.max-in-flight", "poll.nonsense");
  }
}
