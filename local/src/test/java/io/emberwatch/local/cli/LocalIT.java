package io.emberwatch.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.local.pipeline.TopicTail;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import io.emberwatch.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code emberwatch local} as a user runs it: in a process, ended by Ctrl-C. */
class LocalIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void watchesTheNamedServerAndTakesAnotherPortWhenOneIsInUse() throws Exception {
    try (RedisProcess redis = RedisProcess.start();
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RunningCommand local =
            start(
                "first.log",
                taken.getLocalPort(),
                "--redis=redis://" + redis.host() + ":" + redis.port())) {
      URI page = URI.create(local.awaitOutput("(?m)^  page +(http://\\S+)"));

      assertThat(page.getPort()).isNotEqualTo(taken.getLocalPort());
      assertThat(get(page)).contains("<html");
      String instance = "local/%1$s-%2$d/%1$s:%2$d".formatted(redis.host(), redis.port());
      assertThat(sampleOf(local, instance)).isEqualTo(instance);
      assertThat(local.interrupt()).isZero();
      assertThat(redis.isAlive()).as("not ours to stop").isTrue();
    }
  }

  @Test
  void leavesNothingRunningAndGoesOnWhereItEnded() throws Exception {
    int port = FreePorts.next();
    String instance;
    try (RunningCommand local = start("first.log", port)) {
      instance = "local/redis/" + local.awaitOutput("(?m)^  watching +(\\S+)");
      sampleOf(local, instance);
      List<ProcessHandle> children = local.children();
      assertThat(children).as("its own Redis").isNotEmpty();
      assertThat(local.interrupt()).isZero();
      await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
      assertThat(FreePorts.isFree(port)).isTrue();
    }
    try (RunningCommand again = start("second.log", port)) {
      again.awaitOutput("(?m)^  watching +(\\S+)");
      assertThat(sampleOf(again, instance)).as("kept from before").isEqualTo(instance);
      assertThat(again.interrupt()).isZero();
    }
  }

  private RunningCommand start(String log, int pagePort, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "local",
                "--state=" + folder.resolve("state"),
                "--poll-interval=1",
                "--page-port=" + pagePort,
                "--broker-port=" + FreePorts.next(),
                "--registry-port=" + FreePorts.next()));
    arguments.addAll(List.of(more));
    return RunningCommand.start(folder.resolve(log), arguments.toArray(String[]::new));
  }

  /** Reads the samples from the first that was ever published. */
  private static String sampleOf(RunningCommand local, String instance) {
    ClientProperties clients =
        new ClientProperties(KafkaSettings.plain(local.awaitOutput("(?m)^  broker +(\\S+)")));
    SchemaRegistryClient schemas =
        SchemaRegistryClient.of(
            Map.of("schema.registry.url", local.awaitOutput("(?m)^  registry +(http\\S+)")));
    try (TopicTail<InstanceSample> samples =
        TopicTail.fromStart(Topics.SAMPLES, clients, schemas)) {
      return samples
          .await(sample -> sample.getInstanceId().equals(instance), PATIENCE)
          .orElseThrow()
          .getInstanceId();
    }
  }

  private static String get(URI uri) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
