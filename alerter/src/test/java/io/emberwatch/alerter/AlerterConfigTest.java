package io.emberwatch.alerter;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.alerter.incident.IncidentPolicy;
import io.emberwatch.alerter.notify.ReceiverSettings;
import io.emberwatch.alerter.store.DatabaseSettings;
import io.emberwatch.runtime.config.ConfigProblem;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.ServiceConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlerterConfigTest {

  @Test
  void readsTheReferenceFileAsTheDefaults() {
    ConfigReader reader = reader();
    AlerterConfig config = AlerterConfig.read(reader);

    assertThat(reader.problems()).isEmpty();
    assertThat(config.incidents()).isEqualTo(IncidentPolicy.DEFAULT);
    assertThat(config.receivers()).containsExactly(ReceiverSettings.log("log"));
    assertThat(config.groupId()).isEqualTo("emberwatch-alerter");
    assertThat(config.namespace()).isEqualTo("emberwatch");
    assertThat(config.database())
        .isEqualTo(
            new DatabaseSettings(
                "jdbc:h2:file:./state/alerter/alerter", "emberwatch", Optional.empty(), 8));
    assertThat(config.web().port()).isEqualTo(8420);
    assertThat(config.admin().port()).isEqualTo(9403);
  }

  @Test
  void reportsEveryProblemAtOnce() {
    ConfigReader reader =
        reader(
            "database.url=jdbc:h2:file:./x;WRITE_DELAY=500",
            "incidents.group-wait=-1s",
            "receivers={Bad.Name: {type: webhook, url: ftp://x}}");
    AlerterConfig config = AlerterConfig.read(reader);

    assertThat(config.receivers()).extracting(ReceiverSettings::name).contains("Bad.Name");
    assertThat(reader.problems())
        .extracting(ConfigProblem::toString)
        .anySatisfy(problem -> assertThat(problem).contains("WRITE_DELAY"))
        .anySatisfy(problem -> assertThat(problem).contains("group-wait"))
        .anySatisfy(problem -> assertThat(problem).contains("http or https"))
        .anySatisfy(problem -> assertThat(problem).contains("Bad.Name"));
  }

  private static ConfigReader reader(String... overrides) {
    return ServiceConfig.load(
        AlerterConfig.REFERENCE,
        AlerterConfig.class,
        Optional.empty(),
        AlerterConfig.ENV_PREFIX,
        Map.of(),
        List.of(overrides));
  }
}
