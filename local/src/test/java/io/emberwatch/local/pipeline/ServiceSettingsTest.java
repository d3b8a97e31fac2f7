package io.emberwatch.local.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.alerter.AlerterConfig;
import io.emberwatch.collector.CollectorConfig;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetFile;
import io.emberwatch.processor.ProcessorConfig;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.ServiceConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this module writes is what the services read. */
class ServiceSettingsTest {

  @TempDir private Path folder;

  @Test
  void everyServiceReadsItsSettingsWithoutAProblem() {
    ServiceSettings settings = settings(Map.of());

    CollectorConfig collector = collector(settings);
    ProcessorConfig processor = processor(settings);
    AlerterConfig alerter = alerter(settings);

    assertThat(collector.targetsFile()).isEqualTo(folder.resolve("targets.yaml"));
    assertThat(processor.stateFolder()).isEqualTo(folder.resolve("processor"));
    assertThat(alerter.web().publicUrl()).isEqualTo("http://127.0.0.1:8420");
    assertThat(List.of(collector.kafka(), processor.kafka(), alerter.kafka()))
        .allSatisfy(
            kafka -> assertThat(kafka.bootstrapServers()).containsExactly("127.0.0.1:9092"));
  }

  @Test
  void furtherSettingsWin() {
    ServiceSettings settings =
        settings(
            Map.of(
                "alerter",
                List.of("web.port=9000", "incidents.group-wait=1s"),
                "collector",
                List.of("collector-id=other")));

    assertThat(alerter(settings).web().port()).isEqualTo(9000);
    assertThat(alerter(settings).incidents().groupWait()).isEqualTo(Duration.ofSeconds(1));
    assertThat(collector(settings).collectorId()).isEqualTo("other");
  }

  @Test
  void theCollectorReadsTheTargetsAsTheyWereMeant() throws IOException {
    Path file = folder.resolve("targets.yaml");
    new TargetsDocument(
            "cache", "store", Duration.ofMillis(1500), List.of("127.0.0.1:6379", "[::1]:6380"))
        .write(file);

    List<Target> targets = TargetFile.read(file).targets();

    assertThat(targets)
        .extracting(Target::instanceId)
        .containsExactly("local/cache/127.0.0.1:6379", "local/cache/[::1]:6380");
    assertThat(targets)
        .allSatisfy(
            target -> {
              assertThat(target.pollInterval()).isEqualTo(Duration.ofMillis(1500));
              assertThat(target.keyspaceEvents()).isPresent();
            });
  }

  private ServiceSettings settings(Map<String, List<String>> extra) {
    return new ServiceSettings(
        "127.0.0.1:9092",
        "http://127.0.0.1:8081",
        folder,
        folder.resolve("targets.yaml"),
        8420,
        extra);
  }

  private static CollectorConfig collector(ServiceSettings settings) {
    ConfigReader reader =
        load(settings.collector(), CollectorConfig.REFERENCE, CollectorConfig.class);
    CollectorConfig config = CollectorConfig.read(reader, Map.of());
    reader.check();
    return config;
  }

  private static ProcessorConfig processor(ServiceSettings settings) {
    ConfigReader reader =
        load(settings.processor(), ProcessorConfig.REFERENCE, ProcessorConfig.class);
    ProcessorConfig config = ProcessorConfig.read(reader);
    reader.check();
    return config;
  }

  private static AlerterConfig alerter(ServiceSettings settings) {
    ConfigReader reader = load(settings.alerter(), AlerterConfig.REFERENCE, AlerterConfig.class);
    AlerterConfig config = AlerterConfig.read(reader);
    reader.check();
    return config;
  }

  private static ConfigReader load(List<String> settings, String reference, Class<?> anchor) {
    return ServiceConfig.load(reference, anchor, Optional.empty(), "NONE_", Map.of(), settings);
  }
}
