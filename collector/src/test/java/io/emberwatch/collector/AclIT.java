package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.target.Credentials;
import io.emberwatch.collector.target.KeyspaceEvents;
import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.Tier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line that the README gives to create a user is enough, and each word of it is needed. */
class AclIT {

  private static final String PASSWORD = "pw";

  @TempDir Path folder;

  @Test
  void everyWordOfTheReadmesUserIsNeededAndNoMore() throws Exception {
    List<String> line = readmeLine();
    try (Pipeline pipeline = new Pipeline(folder, Map.of());
        RedisProcess redis =
            RedisProcess.builder()
                .binary(RedisBinary.redis70())
                .directive("notify-keyspace-events", "KEA")
                .start()) {
      List<Target> targets = new ArrayList<>();
      targets.add(user(redis, "whole", line, ""));
      List<String> rights = line.stream().filter(AclIT::isNeeded).toList();
      for (int i = 0; i < rights.size(); i++) {
        targets.add(user(redis, "without" + i, line, rights.get(i)));
      }
      assertThat(rights).hasSize(6);
      pipeline.watch(targets.toArray(Target[]::new));

      await().atMost(Duration.ofSeconds(20)).until(() -> isComplete(pipeline, targets.get(0)));
      assertThat(String.valueOf(redis.call("CLIENT", "LIST"))).contains("name=emberwatch-it");
      for (int i = 0; i < rights.size(); i++) {
        Target without = targets.get(i + 1);
        await().until(() -> pipeline.samplesOf(without).size() >= 4);
        assertThat(isComplete(pipeline, without)).as("without " + rights.get(i)).isFalse();
      }
      assertThat(dryRun(redis, "GET", "user:1")).contains("no permissions");
      assertThat(dryRun(redis, "CONFIG", "SET", "save", "")).contains("no permissions");
    }
  }

  private static String dryRun(RedisProcess redis, String... command) {
    List<String> words = new ArrayList<>(List.of("ACL", "DRYRUN", "whole"));
    words.addAll(List.of(command));
    return String.valueOf(redis.call(words.toArray(String[]::new)));
  }

  /** A name for the connection is a courtesy; a sample is whole without it. */
  private static boolean isNeeded(String word) {
    return (word.startsWith("+") || word.startsWith("&")) && !word.equals("+client|setname");
  }

  private static boolean isComplete(Pipeline pipeline, Target target) {
    List<InstanceSample> samples = pipeline.samplesOf(target);
    if (samples.isEmpty()) {
      return false;
    }
    InstanceSample last = samples.get(samples.size() - 1);
    return last.getState() == TargetState.UP
        && last.getRefusedProbes().isEmpty()
        && last.getConfig() != null
        && last.getSlowlog() != null
        && last.getNotifications() != null;
  }

  private static Target user(RedisProcess redis, String name, List<String> line, String without) {
    List<String> command = new ArrayList<>(line);
    command.set(2, name);
    command.replaceAll(word -> word.startsWith(">") ? ">" + PASSWORD : word);
    command.remove(without);
    assertThat(redis.call(command.toArray(String[]::new))).isEqualTo("OK");
    return new Target(
        "it",
        name,
        "127.0.0.1",
        redis.port(),
        Tier.UNSPECIFIED,
        Map.of(),
        Duration.ofMillis(500),
        Optional.of(new Credentials(Optional.of(name), Secret.ofValue("test", PASSWORD))),
        Optional.empty(),
        false,
        Optional.of(KeyspaceEvents.DEFAULTS));
  }

  private static List<String> readmeLine() throws Exception {
    return Files.readString(Path.of("README.md"))
        .lines()
        .filter(line -> line.startsWith("ACL SETUSER "))
        .map(line -> Arrays.asList(line.split(" ", -1)))
        .findFirst()
        .orElseThrow();
  }
}
