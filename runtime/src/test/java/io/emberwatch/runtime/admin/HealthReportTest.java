package io.emberwatch.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.runtime.config.ConfigReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HealthReportTest {

  @Test
  void isNotReadyWithoutAnyCheck() {
    assertThat(new HealthReport(List.of()).ready()).isFalse();
    assertThat(new HealthReport(List.of()).toJson()).isEqualTo("{\"ready\":false,\"checks\":[]}");
  }

  @Test
  void escapesWhatJsonDoesNotAllow() {
    assertThat(HealthReport.quote("a\"b\\c\n\u0001é")).isEqualTo("\"a\\\"b\\\\c\\u000a\\u0001é\"");
    assertThat(HealthReport.quote("\ud83d\ude00")).isEqualTo("\"\\ud83d\\ude00\"");
  }

  @Test
  void readsItsSettingsAndDefaultsToLoopback() {
    ConfigReader reader = ConfigReader.ofYaml("a.yaml", "port: 9101\n", Map.of());
    assertThat(AdminSettings.read(reader)).isEqualTo(new AdminSettings("127.0.0.1", 9101, 3));
    reader.check();
  }
}
