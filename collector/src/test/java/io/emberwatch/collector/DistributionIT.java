package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.embedded.broker.EmbeddedBroker;
import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.embedded.registry.EmbeddedRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder that is shipped, by its own script and jars; it is built by the phase package. */
class DistributionIT {

  /** Kafka's clients with their three compressors are half of it. */
  private static final long MAX_BYTES = 41_000_000;

  /** A file to which the classes of a publishing collector are written, see CONTRIBUTING.md. */
  private static final String CLASS_LIST = "emberwatch.classlist";

  @TempDir Path folder;

  @Test
  void holdsScriptConfigurationAndJarsAndIsSmall() throws Exception {
    Path home = home();
    assertThat(home.resolve("bin/emberwatch-collector")).isExecutable();
    assertThat(home.resolve("conf/targets.yaml")).isRegularFile();
    try (Stream<Path> files = Files.walk(home)) {
      long bytes =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.equals(archive(home)))
              .mapToLong(file -> file.toFile().length())
              .sum();
      assertThat(bytes).isBetween(20_000_000L, MAX_BYTES);
    }
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .noneMatch(
              jar -> jar.matches("(rocksdbjni|kafka-streams|h2|postgresql|jetty|javalin).*"));
    }
  }

  @Test
  void answersWithoutKafka() throws Exception {
    Path conf = home().resolve("conf");
    assertThat(run(0, "--help")).contains("--dry-run", "Exit codes");
    assertThat(run(0, "--targets", conf.resolve("targets.yaml").toString(), "--dry-run"))
        .contains("prod/local/127.0.0.1:6379 every 15000 ms", "1 targets");
    assertThat(
            run(
                0,
                "--config",
                conf.resolve("collector.yaml").toString(),
                "--check",
                "--targets",
                conf.resolve("targets.yaml").toString()))
        .contains("1 targets");
    assertThat(run(2, "--no-such-option")).contains("--no-such-option");
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "fleet: it\ngroupz: {}\n");
    assertThat(run(3, "--targets", bad.toString(), "--check"))
        .contains("bad.yaml:2: groupz: unknown key; did you mean groups?");
  }

  @Test
  void publishesTellsABadTargetsFileAndStopsCleanly() throws Exception {
    Path targets = folder.resolve("targets.yaml");
    try (EmbeddedBroker broker =
            EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder.resolve("broker")));
        EmbeddedRegistry registry =
            EmbeddedRegistry.start(EmbeddedRegistry.Settings.in(folder.resolve("registry")));
        RedisProcess redis = RedisProcess.builder().binary(RedisBinary.redis70()).start()) {
      Files.writeString(targets, targets(redis.port()));
      int port = FreePorts.next();
      Process collector =
          start(
              "--targets",
              targets.toString(),
              "--set",
              "targets-reload=1s",
              "--set",
              "kafka.bootstrap-servers=" + broker.bootstrapServers(),
              "--set",
              "schema-registry.schema.registry.url=" + registry.url(),
              "--set",
              "topics.replication-factor=1",
              "--set",
              "publish.spool-folder=" + folder.resolve("spool"),
              "--set",
              "admin.port=" + port);
      try {
        URI admin = URI.create("http://127.0.0.1:" + port);
        awaitAnswer(admin.resolve("/health/ready"), "first-poll", 200);
        await().until(() -> metric(admin, "emberwatch_collector_records_published_total") >= 3);
        assertThat(metric(admin, "emberwatch_collector_targets_problems")).isZero();
        Files.writeString(targets, targets(redis.port()) + "groupz: {}\nflet: x\n");
        awaitAnswer(admin.resolve("/health/ready"), "targets-file", 503);
        assertThat(metric(admin, "emberwatch_collector_targets_problems")).isEqualTo(2);
        collector.destroy();
        assertThat(collector.waitFor(40, TimeUnit.SECONDS)).isTrue();
        assertThat(collector.exitValue()).isZero();
        assertMostClassesComeFromTheArchive();
      } finally {
        collector.destroyForcibly();
      }
    }
  }

  /** The list of classes ages with the code; {@link #CLASS_LIST} renews it. */
  private void assertMostClassesComeFromTheArchive() throws IOException {
    if (System.getProperty(CLASS_LIST) != null) {
      return;
    }
    assertThat(archive(home())).isRegularFile();
    try (Stream<String> lines = Files.lines(folder.resolve("classes.log"))) {
      List<String> loaded = lines.filter(line -> line.contains(" source: ")).toList();
      long archived = loaded.stream().filter(line -> line.contains("shared objects file")).count();
      assertThat(archived).isGreaterThan(loaded.size() * 8L / 10);
    }
  }

  private String classLog() {
    String list = System.getProperty(CLASS_LIST);
    return list == null
        ? "-Xlog:class+load:file=" + folder.resolve("classes.log")
        : "-Xshare:off -XX:DumpLoadedClassList=" + Path.of(list).toAbsolutePath();
  }

  private static Path archive(Path home) {
    return home.resolve("lib/emberwatch-collector.jsa");
  }

  private static String targets(int port) {
    return """
        fleet: it
        groups:
          g: {poll-interval: 500ms, instances: ["127.0.0.1:%d"]}
        """
        .formatted(port);
  }

  private static void awaitAnswer(URI uri, String part, int status) {
    await(uri + " " + status)
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              HttpResponse<String> answer = get(uri);
              return answer.statusCode() == status && answer.body().contains(part);
            });
  }

  private static double metric(URI admin, String name) throws Exception {
    return get(admin.resolve("/metrics"))
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private String run(int expectedExit, String... arguments) throws Exception {
    Process process = start(arguments);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String output = Files.readString(folder.resolve("output.log"));
    assertThat(process.exitValue()).as(output).isEqualTo(expectedExit);
    return output;
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home().resolve("bin/emberwatch-collector").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JDK_JAVA_OPTIONS", classLog());
    return builder.start();
  }

  private static Path home() throws IOException {
    try (Stream<Path> built = Files.list(Path.of("target"))) {
      return built
          .filter(Files::isDirectory)
          .filter(path -> path.getFileName().toString().matches("emberwatch-collector-\\d.*"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no distribution; run mvn verify"))
          .toAbsolutePath();
    }
  }
}
