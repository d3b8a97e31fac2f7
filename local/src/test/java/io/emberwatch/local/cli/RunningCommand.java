package io.emberwatch.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code emberwatch} in a JVM of its own, which a test stops as Ctrl-C would. */
final class RunningCommand implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final long STOP_LIMIT_SECONDS = 60;

  private final Process process;
  private final Path output;

  private RunningCommand(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static RunningCommand start(Path output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EmberwatchCommand.class.getName());
    command.addAll(List.of(arguments));
    return new RunningCommand(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start(),
        output);
  }

  /** Returns what the pattern's group finds in the output, once it is there. */
  String awaitOutput(String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    return await(pattern)
        .atMost(START_LIMIT)
        .failFast(() -> assertThat(process.isAlive()).as(this::output).isTrue())
        .until(() -> wanted.matcher(output()), Matcher::find)
        .group(1);
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Processes that it has started and that run. */
  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /** Sends SIGINT, waits, and gives the exit code. */
  int interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)).as(this::output).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    List<ProcessHandle> left = children();
    process.destroyForcibly();
    left.forEach(ProcessHandle::destroyForcibly);
  }
}
