package io.emberwatch.bench.run;

import io.emberwatch.embedded.process.ChildProcess;
import io.emberwatch.embedded.process.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Our collector, from its distribution. */
final class CollectorProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final ChildProcess process;
  private final URI metrics;
  private final long startNanos;
  private final Http http = new Http();

  /**
   * What to start.
   *
   * @param home the distribution's folder
   * @param folder for targets file and log
   * @param lean by its own script; else by {@code java} without any flag
   */
  record Settings(Path home, Path folder, KafkaServers kafka, boolean lean) {}

  private CollectorProcess(ChildProcess process, URI metrics, long startNanos) {
    this.process = process;
    this.metrics = metrics;
    this.startNanos = startNanos;
  }

  /** Starts it upon these targets, in groups of at most 500. */
  static CollectorProcess start(Settings settings, List<String> targets, Duration interval) {
    int port = FreePorts.next();
    List<String> command = new ArrayList<>();
    if (settings.lean) {
      command.add("env");
      command.add("EMBERWATCH_TARGETS=" + targets.size());
      command.add("JAVA_HOME=" + System.getProperty("java.home"));
      command.add(settings.home.resolve("bin/emberwatch-collector").toString());
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-cp");
      command.add(settings.home.resolve("lib") + "/*");
      command.add("io.emberwatch.collector.CollectorCommand");
    }
    command.addAll(
        List.of(
            "--targets",
            write(settings.folder, targets, interval).toString(),
            "--set",
            "collector-id=bench",
            "--set",
            "kafka.bootstrap-servers=" + settings.kafka.bootstrap(),
            "--set",
            "schema-registry.schema.registry.url=" + settings.kafka.registry(),
            "--set",
            "topics.replication-factor=1",
            "--set",
            // Its page of meters is looked at often here; the servers' series are not what is
            // measured.
            "prometheus.metrics-page-targets=0",
            "--set",
            "admin.port=" + port));
    long startNanos = System.nanoTime();
    ChildProcess process =
        ChildProcess.start(command, settings.folder, settings.folder.resolve("collector.log"));
    return new CollectorProcess(
        process, URI.create("http://127.0.0.1:" + port + "/metrics"), startNanos);
  }

  /** Waits for the first sample that Kafka acknowledged; how long that took since the start. */
  Duration awaitFirstSample() {
    Waiting.until("first sample", START_LIMIT, () -> !isAlive() || published() > 0);
    if (!isAlive()) {
      throw new IllegalStateException("the collector ended:\n" + process.outputTail());
    }
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Samples that Kafka acknowledged. */
  double published() {
    return metric("emberwatch_collector_records_published_total", "topic=\"emberwatch.samples\"");
  }

  /** Sum of a meter over the lines that hold a part. */
  double metric(String name, String part) {
    return http.page(metrics)
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(part))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .filter(value -> !Double.isNaN(value))
        .sum();
  }

  ProcessUse use() {
    return ProcessUse.of(process.pid());
  }

  @Override
  public void close() {
    process.stop(Duration.ofSeconds(30));
  }

  private static Path write(Path folder, List<String> targets, Duration interval) {
    String groups =
        Stream.iterate(0, from -> from < targets.size(), from -> from + 500)
            .map(
                from ->
                    targets.subList(from, Math.min(from + 500, targets.size())).stream()
                        .map(target -> '"' + target + '"')
                        .collect(Collectors.joining(", ", "  g" + from + ": {instances: [", "]}")))
            .collect(Collectors.joining("\n"));
    String text =
        "fleet: bench\ndefaults: {poll-interval: %dms}\ngroups:\n%s\n"
            .formatted(interval.toMillis(), groups);
    try {
      return Files.writeString(folder.resolve("targets.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
