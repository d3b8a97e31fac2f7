package io.emberwatch.collector.keyspace;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.key.NamePolicies;
import io.emberwatch.collector.subscribe.Timing;
import io.emberwatch.collector.target.KeyNaming;
import io.emberwatch.collector.target.KeyspaceEvents;
import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.embedded.redis.RespConnection;
import io.emberwatch.schemas.KeyspaceEventSample;
import io.emberwatch.schemas.NotificationCounters;
import io.emberwatch.schemas.SampledKey;
import io.emberwatch.schemas.Tier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventSubscriptionIT {

  private static final Timing TIMING =
      new Timing(
          Duration.ofMillis(300),
          Duration.ofSeconds(2),
          Duration.ofMillis(200),
          Duration.ofSeconds(1));

  private static final RedisConnector connector =
      new RedisConnector("events", Duration.ofSeconds(2));

  private final List<KeyspaceEventSample> windows = new CopyOnWriteArrayList<>();
  private final KeyspaceSubscriptions subscriptions =
      new KeyspaceSubscriptions(
          "c1",
          connector::listen,
          new KeptWindows(windows),
          new NamePolicies(new SecureRandom()),
          TIMING,
          new SimpleMeterRegistry(),
          new Random(7),
          Clock.systemUTC());

  @AfterAll
  static void closesTheConnections() {
    connector.close();
  }

  @AfterEach
  void closesTheSubscriptions() {
    subscriptions.close();
  }

  private static Target target(RedisProcess redis) {
    return Target.builder("f", "g", redis.host(), redis.port())
        .tier(Tier.CACHE)
        .labels(Map.of("owner", "team"))
        .keyNamesAllowed(true)
        .keyspaceEvents(KeyspaceEvents.DEFAULTS.with(KeyNaming.PLAIN))
        .build();
  }

  private static RedisProcess notifying() {
    return RedisProcess.builder().directive("notify-keyspace-events", "KEA").start();
  }

  private NotificationCounters subscribed(Target target) {
    subscriptions.watch(List.of(target));
    return await()
        .until(() -> subscriptions.countersOf(target.instanceId()), Optional::isPresent)
        .get();
  }

  private long received(Target target) {
    return subscriptions
        .countersOf(target.instanceId())
        .map(NotificationCounters::getReceived)
        .orElse(-1L);
  }

  private Map<String, Long> counts() {
    return windows.stream()
        .flatMap(window -> window.getCounts().stream())
        .collect(
            groupingBy(
                count -> count.getDb() + " " + count.getEvent() + " " + count.getPrefix(),
                summingLong(count -> count.getCount())));
  }

  @Test
  void countsExactlyByDbEventAndPrefix() throws Exception {
    try (RedisProcess redis = notifying();
        RespConnection commands = redis.connect(Duration.ofSeconds(5))) {
      Target target = target(redis);
      assertThat(subscribed(target).getNotifyKeyspaceEvents()).isEqualTo("AKE");
      for (int db : List.of(0, 3)) {
        commands.call("SELECT", Integer.toString(db));
        for (int i = 0; i < 10 + db; i++) {
          commands.call("SET", "user:" + i, "x");
          commands.call("SET", "session:" + i, "x", "PX", "1");
        }
        commands.call("SET", "plain", "x");
        commands.call("DEL", "user:0", "user:1", "user:none");
      }
      Map<String, Long> expected =
          Map.ofEntries(
              Map.entry("0 set user:", 10L),
              Map.entry("0 set session:", 10L),
              Map.entry("0 expire session:", 10L),
              Map.entry("0 expired session:", 10L),
              Map.entry("0 set ", 1L),
              Map.entry("0 del user:", 2L),
              Map.entry("3 set user:", 13L),
              Map.entry("3 set session:", 13L),
              Map.entry("3 expire session:", 13L),
              Map.entry("3 expired session:", 13L),
              Map.entry("3 set ", 1L),
              Map.entry("3 del user:", 2L));
      long total = expected.values().stream().mapToLong(Long::longValue).sum();
      await().until(() -> received(target) == total);
      NotificationCounters counters = subscriptions.countersOf(target.instanceId()).orElseThrow();
      assertThat(counters.getExpired()).isEqualTo(23).isEqualTo(expiredKeys(redis));
      subscriptions.close();

      assertThat(counts()).isEqualTo(expected);
      assertThat(windows.stream().mapToLong(KeyspaceEventSample::getTotal).sum()).isEqualTo(total);
      assertThat(windows)
          .extracting(KeyspaceEventSample::getSequence)
          .isSorted()
          .startsWith(1L)
          .endsWith((long) windows.size());
      assertThat(windows.stream().flatMap(w -> w.getSampledKeys().stream()).map(SampledKey::getKey))
          .isNotEmpty()
          .allMatch(key -> key.matches("(user|session):\\d+|plain"));
      assertThat(redis.call("CONFIG", "GET", "notify-keyspace-events"))
          .as("never changed")
          .isEqualTo(List.of("notify-keyspace-events", "AKE"));
    }
  }

  @Test
  void losesNothingInABurst() throws Exception {
    int events = 20_000;
    try (RedisProcess redis = notifying();
        RespConnection commands = redis.connect(Duration.ofSeconds(10))) {
      Target target = target(redis);
      subscribed(target);
      List<byte[]> script =
          List.of(
                  "EVAL",
                  "for i=1,5000 do redis.call('SET', ARGV[1]..(i%150)..':'..i, i) end",
                  "0",
                  "k")
              .stream()
              .map(word -> word.getBytes(StandardCharsets.UTF_8))
              .toList();
      for (int i = 0; i < events / 5_000; i++) {
        commands.send(script);
      }
      await().until(() -> received(target) == events);
      subscriptions.close();
      assertThat(counts().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(events);
      assertThat(windows.stream().mapToLong(KeyspaceEventSample::getTotal).sum()).isEqualTo(events);
      assertThat(windows.stream().mapToLong(KeyspaceEventSample::getOtherPrefix).sum())
          .isPositive();
    }
  }

  @Test
  void subscribesAgainAfterItsConnectionWasKilled() throws Exception {
    try (RedisProcess redis = notifying()) {
      Target target = target(redis);
      NotificationCounters first = subscribed(target);
      assertThat(redis.call("CLIENT", "KILL", "TYPE", "pubsub")).isEqualTo(1L);
      NotificationCounters second =
          await()
              .until(
                  () -> subscriptions.countersOf(target.instanceId()),
                  now ->
                      now.filter(c -> c.getSubscribedSince().isAfter(first.getSubscribedSince()))
                          .isPresent())
              .orElseThrow();
      assertThat(second.getReceived()).isZero();
      redis.call("SET", "user:1", "x");
      await().until(() -> received(target) == 1);
      subscriptions.close();
      assertThat(counts()).isEqualTo(Map.of("0 set user:", 1L));
      assertThat(windows.stream().mapToLong(KeyspaceEventSample::getUnsubscribedMillis).sum())
          .isBetween(
              100L,
              Duration.between(first.getSubscribedSince(), second.getSubscribedSince()).toMillis()
                  + 1_000);
      assertThat(windows.get(windows.size() - 1).getSubscribedSince())
          .isEqualTo(second.getSubscribedSince());
    }
  }

  @Test
  void findsAServerThatHungAndComesBack() throws Exception {
    try (RedisProcess redis = notifying()) {
      Target target = target(redis);
      NotificationCounters first = subscribed(target);
      signal(redis, "STOP");
      await().until(() -> subscriptions.countersOf(target.instanceId()).isEmpty());
      assertThat(subscriptions.fault(target.instanceId())).contains("no answer to a heartbeat");
      signal(redis, "CONT");
      await().until(() -> subscriptions.countersOf(target.instanceId()).isPresent());
      assertThat(subscriptions.countersOf(target.instanceId()).orElseThrow().getSubscribedSince())
          .isAfter(first.getSubscribedSince());
    }
  }

  @Test
  void saysThatNotificationsAreOffAndTakesALaterReadingOfTheSetting() {
    try (RedisProcess redis = RedisProcess.start()) {
      Target target = target(redis);
      assertThat(subscribed(target).getNotifyKeyspaceEvents()).isEmpty();
      redis.call("SET", "user:1", "x");
      subscriptions.notifyKeyspaceEvents(target.instanceId(), "xE");
      assertThat(
              subscriptions.countersOf(target.instanceId()).orElseThrow().getNotifyKeyspaceEvents())
          .isEqualTo("xE");
      assertThat(received(target)).isZero();
    }
  }

  @Test
  void staysAliveUnderHeartbeatsOnAServerThatSpeaksOnlyResp2() {
    try (RedisProcess redis =
        RedisProcess.builder()
            .binary(RedisBinary.redis28())
            .directive("notify-keyspace-events", "KEA")
            .start()) {
      Target target = target(redis);
      NotificationCounters first = subscribed(target);
      await()
          .during(Duration.ofSeconds(1))
          .until(() -> subscriptions.countersOf(target.instanceId()).isPresent());
      redis.call("SET", "user:1", "x");
      await().until(() -> received(target) == 1);
      assertThat(subscriptions.countersOf(target.instanceId()).orElseThrow().getSubscribedSince())
          .isEqualTo(first.getSubscribedSince());
      assertThat(first.getNotifyKeyspaceEvents()).isEqualTo("AKE");
    }
  }

  @Test
  void namesTheRefusalOfTheServer() {
    try (RedisProcess redis =
        RedisProcess.builder()
            .directive("user", "default", "on", "nopass", "~*", "+@all", "-psubscribe")
            .start()) {
      Target target = target(redis);
      subscriptions.watch(List.of(target));
      await().until(() -> subscriptions.fault(target.instanceId()).equals(Optional.of("NOPERM")));
      assertThat(subscriptions.countersOf(target.instanceId())).isEmpty();
    }
  }

  @Test
  void namesTheRefusalOfALoginAndTheKindOfAFault() {
    try (RedisProcess redis = RedisProcess.builder().password("pw").start()) {
      Target target = target(redis);
      subscriptions.watch(List.of(target));
      await().until(() -> subscriptions.fault(target.instanceId()).equals(Optional.of("NOAUTH")));
      redis.kill();
      await()
          .until(
              () ->
                  subscriptions
                      .fault(target.instanceId())
                      .filter(fault -> fault.contains("Connection refused"))
                      .isPresent());
    }
  }

  @Test
  void followsTheTargetsAndLeavesUnchangedOnesAlone() {
    try (RedisProcess redis = notifying();
        RedisProcess other = notifying()) {
      Target kept = target(redis);
      NotificationCounters before = subscribed(kept);
      subscriptions.watch(List.of(kept, target(other), Target.of("f", "g", "h", 1)));
      await().until(() -> subscriptions.countersOf(target(other).instanceId()).isPresent());
      subscriptions.watch(List.of(kept));
      await()
          .until(() -> !String.valueOf(other.call("CLIENT", "LIST")).contains("emberwatch-events"));
      assertThat(subscriptions.countersOf(kept.instanceId())).contains(before);

      Target slower = kept.toBuilder().pollInterval(Duration.ofMinutes(1)).build();
      subscriptions.watch(List.of(slower));
      await()
          .until(
              () ->
                  subscriptions
                      .countersOf(kept.instanceId())
                      .filter(c -> !c.equals(before))
                      .isPresent());
      subscriptions.close();
      await()
          .until(() -> !String.valueOf(redis.call("CLIENT", "LIST")).contains("emberwatch-events"));
      assertThat(windows.stream().filter(w -> w.getInstanceId().equals(kept.instanceId())))
          .extracting(KeyspaceEventSample::getSequence)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void countsKeysOfAnySizeAndSurvivesForgedMessages() {
    try (RedisProcess redis = notifying()) {
      Target target = target(redis);
      subscribed(target);
      redis.call("SET", "big:" + "k".repeat(200_000), "x");
      redis.call("PUBLISH", "__keyevent@0__:" + "e".repeat(100_000), "forged");
      redis.call("PUBLISH", "__keyevent@0__:set:", "v".repeat(100_000));
      redis.call("SET", "big:2", "x");
      await().until(() -> received(target) == 3);
      subscriptions.close();
      assertThat(counts()).isEqualTo(Map.of("0 set big:", 2L, "0 set: other", 1L));
      assertThat(windows.stream().flatMap(w -> w.getSampledKeys().stream()))
          .allSatisfy(key -> assertThat(key.getKey()).hasSizeLessThanOrEqualTo(256));
    }
  }

  private static long expiredKeys(RedisProcess redis) {
    return redis
        .info("stats")
        .lines()
        .filter(line -> line.startsWith("expired_keys:"))
        .mapToLong(line -> Long.parseLong(line.substring("expired_keys:".length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  private static void signal(RedisProcess redis, String name) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(redis.pid())).start().waitFor())
        .isZero();
  }
}
