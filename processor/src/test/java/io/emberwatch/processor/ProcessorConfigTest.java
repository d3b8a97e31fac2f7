package io.emberwatch.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.processor.absence.AbsenceLimits;
import io.emberwatch.processor.group.GroupLimits;
import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.ServiceConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessorConfigTest {

  @Test
  void referenceHoldsEveryKeyWithItsDefault() {
    ProcessorConfig config = read();
    assertThat(config.kafka().bootstrapServers()).containsExactly("127.0.0.1:9092");
    assertThat(config.applicationId()).isEqualTo("emberwatch-processor");
    assertThat(config.stateFolder()).isEqualTo(Path.of("./state/processor"));
    assertThat(config.streamThreads()).isEqualTo(1);
    assertThat(config.replicationFactor()).isEqualTo(-1);
    assertThat(config.clockTolerance()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.windowGrace()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.absence()).isEqualTo(AbsenceLimits.DEFAULT);
    assertThat(config.groups()).isEqualTo(GroupLimits.DEFAULT);
    assertThat(config.closeTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.admin().host()).isEqualTo("127.0.0.1");
    assertThat(config.admin().port()).isEqualTo(9402);
  }

  @Test
  void silenceIsForgottenByInstancesAndGroupsAlike() {
    ProcessorConfig config = read("silence.forget-after=6h", "silence.start-grace=1m");
    assertThat(config.absence().forgetAfter()).isEqualTo(Duration.ofHours(6));
    assertThat(config.absence().grace()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.groups().forgetAfter()).isEqualTo(Duration.ofHours(6));
  }

  @Test
  void reportsEveryProblemAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    "streams.application-id=a b",
                    "streams.replication-factor=0",
                    "event-time.window-grace=5s"))
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.problems()).hasSize(3));
  }

  private static ProcessorConfig read(String... overrides) {
    ConfigReader reader =
        ServiceConfig.load(
            ProcessorConfig.REFERENCE,
            ProcessorConfig.class,
            Optional.empty(),
            ProcessorConfig.ENV_PREFIX,
            Map.of(),
            List.of(overrides));
    ProcessorConfig config = ProcessorConfig.read(reader);
    reader.check();
    return config;
  }
}
