package io.emberwatch.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process of its own, since a shutdown hook cannot be tried inside the test's. */
final class SignalIT {

  /** What the child process runs. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      FakeService service = new FakeService();
      service.failStart = args.length > 0;
      System.exit(ServiceMain.untilSignal(service, Duration.ofSeconds(5)).code());
    }
  }

  private static Process start(String... args) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java.toString(), "-cp", System.getProperty("java.class.path")));
    command.add(Child.class.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @Test
  @Timeout(60)
  void exitsWithZeroAfterSigterm() throws Exception {
    Process process = start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      while (line != null && !line.contains("event=service_started")) {
        line = output.readLine();
      }
      assertThat(line).contains("level=INFO").contains("service=fake");
      process.toHandle().destroy();
      String rest = output.lines().collect(Collectors.joining("\n"));
      assertThat(rest).contains("event=signal_received").contains("event=service_stopped");
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @Timeout(60)
  void exitsWithOneWhenStartFails() throws Exception {
    Process process = start("fail");
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(output.lines().collect(Collectors.joining("\n")))
          .contains("event=service_start_failed");
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
    } finally {
      process.destroyForcibly();
    }
  }
}
