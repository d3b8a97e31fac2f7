package io.emberwatch.embedded.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A child process whose output goes to a file. No child outlives a normal end of this JVM or a
 * Ctrl-C; a JVM that is itself killed with SIGKILL leaves its children running.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final int TAIL_LINES = 20;
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ChildProcess::killAll, "child-process-reaper"));
  }

  private final Process process;
  private final Path output;

  private ChildProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts a command in a folder.
   *
   * @param command program and arguments; never put a secret here, others can list it
   * @param output file to which both output streams are appended
   */
  public static ChildProcess start(List<String> command, Path folder, Path output) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    try {
      Process process = builder.start();
      RUNNING.add(process);
      return new ChildProcess(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.get(0), e);
    }
  }

  /**
   * Starts a main class with the Java and the class path of this JVM.
   *
   * @param jvmArguments for example {@code -Xmx256m}
   */
  public static ChildProcess java(
      Class<?> main, List<String> jvmArguments, List<String> arguments, Path output) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return start(command, Path.of("").toAbsolutePath(), output);
  }

  /** The operating system's process id. */
  public long pid() {
    return process.pid();
  }

  /** False once the process has ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGKILL and waits for the end; does nothing when it has already ended. */
  public void kill() {
    process.destroyForcibly();
    if (!awaitEnd(KILL_TIMEOUT)) {
      throw new IllegalStateException("process " + pid() + " survived SIGKILL");
    }
  }

  /** Sends SIGTERM and waits; kills when it has not ended within the time. */
  public void stop(Duration timeout) {
    process.destroy();
    if (!awaitEnd(timeout)) {
      kill();
    }
  }

  /** Waits for the end of the process; false when it still runs after the time. */
  public boolean awaitEnd(Duration timeout) {
    try {
      boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (ended) {
        RUNNING.remove(process);
      }
      return ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The last 20 lines of output, for an error message. */
  public String outputTail() {
    try (Stream<String> stream = Files.lines(output)) {
      List<String> lines = stream.toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException | UncheckedIOException e) {
      return "(no output: " + e.getMessage() + ")";
    }
  }

  /** Stops the process with SIGTERM, then SIGKILL. */
  @Override
  public void close() {
    stop(STOP_TIMEOUT);
  }

  private static void killAll() {
    RUNNING.forEach(Process::destroyForcibly);
  }
}
