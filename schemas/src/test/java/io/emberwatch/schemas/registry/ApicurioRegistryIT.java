package io.emberwatch.schemas.registry;

import static org.awaitility.Awaitility.await;

import io.emberwatch.embedded.process.ChildProcess;
import io.emberwatch.embedded.process.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Apicurio Registry's real server, unpacked by the build, with its data in memory. */
class ApicurioRegistryIT extends RegistryContract {

  private static final Path HOME = Path.of("target", "apicurio").toAbsolutePath();
  private static final Duration START = Duration.ofSeconds(90);

  @TempDir static Path folder;

  private static ChildProcess server;
  private static String url;

  @BeforeAll
  static void start() throws Exception {
    int port = FreePorts.next();
    server =
        ChildProcess.start(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-jar",
                runner().toString()),
            HOME,
            folder.resolve("apicurio.log"));
    url = "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    SchemaRegistryClient client = SchemaRegistryClient.of(Map.of("schema.registry.url", url));
    await()
        .atMost(START)
        .failFast("Apicurio ended", () -> !server.isAlive())
        .ignoreExceptions()
        .until(() -> client.versions("none").isEmpty());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  String url() {
    return url;
  }

  private static Path runner() throws Exception {
    try (Stream<Path> files = Files.list(HOME)) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
