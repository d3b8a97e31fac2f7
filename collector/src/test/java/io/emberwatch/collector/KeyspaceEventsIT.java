package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetFile;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.embedded.redis.RespConnection;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.KeyspaceEventSample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a line in the targets file to counts on the topic. */
final class KeyspaceEventsIT {

  @TempDir Path folder;

  private void write(RedisProcess redis, boolean enabled) throws Exception {
    Path next =
        Files.writeString(
            folder.resolve("targets.new"),
            """
            fleet: it
            groups:
              g:
                poll-interval: 500ms
                key-names: true
                keyspace-events: {enabled: %s}
                instances: [127.0.0.1:%d]
            """
                .formatted(enabled, redis.port()));
    Files.move(next, folder.resolve("targets.yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void followsTheTargetsFileAndAgreesWithTheServersOwnCounters() throws Exception {
    try (RedisProcess redis =
            RedisProcess.builder().directive("notify-keyspace-events", "KEA").start();
        Pipeline pipeline = new Pipeline(folder.resolve("pipeline"), Map.of())) {
      write(redis, false);
      try (TargetFile file =
          new TargetFile(
              folder.resolve("targets.yaml"), Duration.ofMillis(100), Clock.systemUTC())) {
        file.onChange(targets -> pipeline.watch(targets.targets().toArray(Target[]::new)));
        file.start();
        pipeline.watch(file.definitions().targets().toArray(Target[]::new));
        Target target = file.definitions().targets().get(0);
        await().until(() -> !pipeline.samplesOf(target).isEmpty());
        assertThat(last(pipeline, target).getNotifications()).isNull();

        write(redis, true);
        await().until(() -> last(pipeline, target).getNotifications() != null);
        setAndExpire(redis, 200);
        await().until(() -> expiredEvents(pipeline, target) == 200);
        InstanceSample sample = last(pipeline, target);
        assertThat(sample.getNotifications().getExpired())
            .isEqualTo(sample.getStats().getExpiredKeys());
        assertThat(sample.getNotifications().getNotifyKeyspaceEvents()).isEqualTo("AKE");
        await().until(() -> published(pipeline, "expired") == 200);
        assertThat(published(pipeline, "set")).isEqualTo(200);
        assertThat(published(pipeline, "expire")).isEqualTo(200);
        assertThat(pipeline.windows())
            .allSatisfy(
                window -> {
                  assertThat(window.getInstanceId()).isEqualTo(target.instanceId());
                  assertThat(window.getCollectorId()).isEqualTo("it");
                })
            .anySatisfy(window -> assertThat(window.getSampledKeys()).isNotEmpty());

        redis.call("CONFIG", "SET", "notify-keyspace-events", "");
        await()
            .until(
                () ->
                    "".equals(last(pipeline, target).getNotifications().getNotifyKeyspaceEvents()));

        write(redis, false);
        await().until(() -> last(pipeline, target).getNotifications() == null);
        await().until(() -> !redis.info("clients").contains("pubsub_clients:1"));
        await().until(() -> redis.info("stats").contains("pubsub_patterns:0"));
      }
    }
  }

  /** The figures of the samples' counters and of the windows show events that nobody heard. */
  @Test
  void eventsLostOnPurposeAreMissingInTheCoverageAndInTheTimeListened() throws Exception {
    try (RedisProcess redis =
            RedisProcess.builder().directive("notify-keyspace-events", "KEA").start();
        Pipeline pipeline = new Pipeline(folder.resolve("pipeline"), Map.of())) {
      write(redis, true);
      Target target = TargetFile.read(folder.resolve("targets.yaml")).targets().get(0);
      pipeline.watch(target);
      await()
          .until(
              () ->
                  !pipeline.samplesOf(target).isEmpty()
                      && last(pipeline, target).getNotifications() != null);

      // Heard by nobody, while the subscription lives: the server was told not to send.
      redis.call("CONFIG", "SET", "notify-keyspace-events", "");
      setAndExpire(redis, 100);
      await().until(() -> expiredKeys(last(pipeline, target)) == 100);
      assertThat(expiredEvents(pipeline, target)).isZero();

      // Broken: CLIENT KILL and 150 expiries in one script, so that nobody can be back in time.
      redis.call("CONFIG", "SET", "notify-keyspace-events", "KEA");
      Instant since =
          Objects.requireNonNull(last(pipeline, target).getNotifications()).getSubscribedSince();
      try (RespConnection commands = redis.connect(Duration.ofSeconds(5))) {
        commands.call("MULTI");
        commands.call("CLIENT", "KILL", "TYPE", "pubsub");
        for (int i = 0; i < 150; i++) {
          commands.call("SET", "lost:" + i, "x", "PX", "1");
        }
        commands.call("EXEC");
        for (int i = 0; i < 150; i++) {
          commands.call("GET", "lost:" + i);
        }
      }
      await()
          .until(
              () ->
                  expiredKeys(last(pipeline, target)) == 250
                      && last(pipeline, target).getNotifications() != null
                      && last(pipeline, target)
                          .getNotifications()
                          .getSubscribedSince()
                          .isAfter(since));

      // And whole again: every expiry from here on is heard.
      InstanceSample before = last(pipeline, target);
      long heard = before.getNotifications().getExpired();
      setAndExpire(redis, 120);
      await().until(() -> expiredKeys(last(pipeline, target)) == 370);
      await().until(() -> expiredEvents(pipeline, target) - heard == 120);
      await().until(() -> published(pipeline, "expired") == 120);
      assertThat(pipeline.windows()).anyMatch(window -> window.getUnsubscribedMillis() > 0);
      assertThat(published(pipeline, "expired", "lost:")).isLessThan(150);
    }
  }

  private static long expiredKeys(InstanceSample sample) {
    return Objects.requireNonNull(sample.getStats()).getExpiredKeys();
  }

  private static void setAndExpire(RedisProcess redis, int keys) throws Exception {
    try (RespConnection commands = redis.connect(Duration.ofSeconds(5))) {
      for (int i = 0; i < keys; i++) {
        commands.call("SET", "session:" + i, "x", "PX", "20");
      }
    }
  }

  private static long expiredEvents(Pipeline pipeline, Target target) {
    return Objects.requireNonNull(last(pipeline, target).getNotifications()).getExpired();
  }

  private static long published(Pipeline pipeline, String event) {
    return published(pipeline, event, "session:");
  }

  private static long published(Pipeline pipeline, String event, String prefix) {
    return pipeline.windows().stream()
        .map(KeyspaceEventSample::getCounts)
        .flatMap(List::stream)
        .filter(count -> count.getEvent().equals(event) && count.getPrefix().equals(prefix))
        .mapToLong(count -> count.getCount())
        .sum();
  }

  private static InstanceSample last(Pipeline pipeline, Target target) {
    List<InstanceSample> samples =
        await().until(() -> pipeline.samplesOf(target), found -> !found.isEmpty());
    return samples.get(samples.size() - 1);
  }
}
