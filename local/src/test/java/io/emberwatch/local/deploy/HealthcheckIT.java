package io.emberwatch.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.runtime.admin.AdminServer;
import io.emberwatch.runtime.admin.AdminSettings;
import io.emberwatch.runtime.admin.Metrics;
import io.emberwatch.runtime.lifecycle.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the images' health check against a real admin endpoint. */
final class HealthcheckIT {

  private static final Path SCRIPT = Path.of("..", "deploy", "healthcheck").toAbsolutePath();

  @ParameterizedTest
  @CsvSource({"collector, true", "processor, true", "alerter, true", "alerter, false"})
  void saysWhatTheServiceSays(String service, boolean ready) throws Exception {
    Check check = new Check("kafka", ready, "", Instant.EPOCH);
    try (Metrics metrics = Metrics.create(service, Map.of());
        AdminServer admin =
            AdminServer.start(AdminSettings.loopback(), metrics, () -> List.of(check))) {
      assertThat(exitCode(service, admin.port()) == 0).isEqualTo(ready);
    }
  }

  @Test
  void failsWhereNothingListens() throws Exception {
    assertThat(exitCode("alerter", FreePorts.next())).isNotZero();
  }

  private static int exitCode(String service, int port) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", SCRIPT.toString());
    builder.environment().put("EMBERWATCH_SERVICE", service);
    builder
        .environment()
        .put(
            "EMBERWATCH_" + service.toUpperCase(Locale.ROOT) + "_ADMIN_PORT",
            Integer.toString(port));
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
