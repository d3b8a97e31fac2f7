package io.emberwatch.alerter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.runtime.config.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseSettingsTest {

  @Test
  void letsH2WriteAtEachCommit() {
    assertThat(settings("jdbc:h2:file:./x").effectiveUrl()).contains(";WRITE_DELAY=0");
  }

  @Test
  void refusesAnyOtherWayToSetTheWriteDelay() {
    for (String url :
        new String[] {
          "jdbc:h2:file:./x;WRITE_DELAY=500",
          "jdbc:h2:file:./x;write_delay=0",
          "jdbc:h2:file:./x;MODE=PostgreSQL;Write_Delay=1",
          "jdbc:h2:file:./x;INIT=SET WRITE_DELAY 500"
        }) {
      assertThatThrownBy(() -> settings(url))
          .as(url)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("WRITE_DELAY");
    }
  }

  @Test
  void leavesPostgresqlAsItIs() {
    String url = "jdbc:postgresql://db.example.org/emberwatch?ssl=true";

    assertThat(settings(url).effectiveUrl()).isEqualTo(url);
  }

  @Test
  void refusesOtherDatabasesAndAPoolOfOne() {
    assertThatThrownBy(() -> settings("jdbc:mysql://db/emberwatch"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DatabaseSettings("jdbc:h2:file:./x", "sa", Optional.empty(), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hidesThePassword() {
    Secret secret = Secret.ofValue("test", "hunter2");

    assertThat(new DatabaseSettings("jdbc:h2:file:./x", "sa", Optional.of(secret), 2).toString())
        .doesNotContain("hunter2");
  }

  private static DatabaseSettings settings(String url) {
    return new DatabaseSettings(url, "sa", Optional.empty(), 2);
  }
}
