package io.emberwatch.local.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.embedded.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One program in a JVM of its own, which a test kills and starts again as often as it likes. Its
 * output is appended to {@code NAME.log} in the folder.
 */
public final class Program implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final String name;
  private final Class<?> main;
  private final List<String> arguments;
  private final Path folder;
  private final Callable<Boolean> ready;
  private @Nullable ChildProcess process;

  Program(
      String name, Class<?> main, List<String> arguments, Path folder, Callable<Boolean> ready) {
    this.name = name;
    this.main = main;
    this.arguments = List.copyOf(arguments);
    this.folder = folder;
    this.ready = ready;
  }

  /** Starts it and returns at once. */
  public void start() {
    List<String> jvm = new ArrayList<>();
    jvm.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    process = ChildProcess.java(main, jvm, arguments, folder.resolve(name + ".log"));
  }

  /** Returns when it is ready; fails at once when it has ended. */
  public void awaitReady() {
    await(name)
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .failFast(() -> assertThat(isAlive()).as(this::outputTail).isTrue())
        .until(ready);
  }

  /** Starts it and returns when it is ready. */
  public void startAndAwait() {
    start();
    awaitReady();
  }

  /** SIGKILL: it can neither say goodbye nor write a last word. */
  public void kill() {
    running().kill();
  }

  /** Whether the process runs. */
  public boolean isAlive() {
    return running().isAlive();
  }

  /** The last lines it wrote, under its name. */
  public String outputTail() {
    return name + ":\n" + running().outputTail();
  }

  private ChildProcess running() {
    return Objects.requireNonNull(process, "not started");
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
