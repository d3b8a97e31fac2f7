package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.keyspace.WindowPublisher;
import io.emberwatch.collector.schedule.PollResult;
import io.emberwatch.collector.schedule.PollSink;
import io.emberwatch.collector.schedule.WatchSettings;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetFile;
import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.KeyspaceEventSample;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.SentinelEvent;
import io.emberwatch.schemas.SentinelMaster;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.Tier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A primary with two replicas under three sentinels, passwords on both, found by one living seed.
 * The primary is killed, and what the collector tells follows what the sentinels do.
 */
final class SentinelIT {

  private static final Logger LOG = LoggerFactory.getLogger(SentinelIT.class);
  private static final int FOLLOWED_WITHIN_POLLS = 2;
  private static final String DATA_PASSWORD = "data-pw";
  private static final String SENTINEL_PASSWORD = "sentinel-pw";

  private final List<InstanceSample> samples = new CopyOnWriteArrayList<>();
  private final List<RedisProcess> servers = new ArrayList<>();
  private final List<RedisProcess> sentinels = new ArrayList<>();
  private final ShutdownSequence resources = new ShutdownSequence();

  @TempDir private Path folder;
  private FleetWatch fleet;

  @BeforeEach
  void watchesByOneSeedThatLivesAndOneThatDoesNot() throws Exception {
    RedisProcess primary = server(Optional.empty());
    server(Optional.of(primary));
    server(Optional.of(primary));
    for (int i = 0; i < 3; i++) {
      sentinel(primary);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                sentinels.stream()
                    .allMatch(one -> one.info("sentinel").contains("slaves=2,sentinels=3")));
    Files.writeString(folder.resolve("data.password"), DATA_PASSWORD);
    Files.writeString(folder.resolve("sentinel.password"), SENTINEL_PASSWORD);
    Path file =
        Files.writeString(
            folder.resolve("targets.yaml"),
            """
            fleet: it
            groups:
              shop:
                poll-interval: 1s
                tier: store
                labels: {owner: team-shop}
                password: {file: data.password}
                discover:
                  sentinel: ["127.0.0.1:%d", "127.0.0.1:%d"]
                  masters: [orders]
                  sentinel-password: {file: sentinel.password}
            """
                .formatted(FreePorts.next(), sentinels.get(0).port()));
    fleet =
        new FleetWatch(
            new WatchSettings("it", Duration.ofMinutes(1), Duration.ofSeconds(1), 1, Map.of()),
            new TargetFile(file, Duration.ofMinutes(1), Clock.systemUTC()),
            new KeptPolls(),
            new NoWindows(),
            scan -> {},
            resources,
            new SimpleMeterRegistry(),
            Clock.systemUTC());
    fleet.start();
  }

  @AfterEach
  void stops() {
    resources.close();
  }

  @Test
  void followsAFailoverAndANewReplica() {
    findsServersAndSentinels();
    tellsWhatTheSentinelsWatch();
    RedisProcess promoted = followsTheLossOfThePrimary();
    followsANewReplica(promoted);
  }

  private void findsServersAndSentinels() {
    patiently().until(() -> fleet.targets().size() == 6);
    assertThat(fleet.targets())
        .allSatisfy(target -> assertThat(target.labels()).containsEntry("owner", "team-shop"))
        .allSatisfy(target -> assertThat(target.tier()).isEqualTo(Tier.STORE));
    servers.forEach(server -> assertThat(groupOf(server)).contains("shop-orders"));
    sentinels.forEach(sentinel -> assertThat(groupOf(sentinel)).contains("shop-sentinels"));
    patiently()
        .until(
            () ->
                servers.stream().allMatch(server -> lastState(server) == TargetState.UP)
                    && sentinels.stream().allMatch(this::isListenedTo));
    assertThat(last(servers.get(0)).getRole()).isEqualTo(Role.PRIMARY);
    assertThat(last(sentinels.get(0)).getRole()).isEqualTo(Role.SENTINEL);
    assertThat(last(sentinels.get(0)).getRefusedProbes()).isEmpty();
  }

  private void tellsWhatTheSentinelsWatch() {
    assertThat(last(sentinels.get(1)).getSentinel().getSentinelTilt()).isFalse();
    SentinelMaster orders = orders(sentinels.get(1));
    assertThat(orders.getAddress()).isEqualTo("127.0.0.1:" + servers.get(0).port());
    assertThat(orders.getStatus()).isEqualTo("ok");
    assertThat(orders.getQuorum()).isEqualTo(2);
    assertThat(orders.getSentinels()).isEqualTo(3);
    assertThat(orders.getUsableSentinels()).isEqualTo(3);
    assertThat(orders.getUsableSlaves()).isEqualTo(2);
    assertThat(orders.getCkquorumOk()).isTrue();
    assertThat(orders.getCkquorum()).startsWith("OK 3 usable");
    assertThat(orders.getReplicas())
        .allSatisfy(replica -> assertThat(replica.getMasterLinkStatus()).isEqualTo("ok"));
    assertThat(orders.getOtherSentinels())
        .hasSize(2)
        .allSatisfy(peer -> assertThat(peer.getLastHelloMessage()).isNotNull());
  }

  private RedisProcess followsTheLossOfThePrimary() {
    Instant killed = Instant.now();
    servers.get(0).kill();
    List<RedisProcess> replicas = servers.subList(1, 3);
    // A sentinel kills the connections of whom it promotes, and so maybe this question's.
    RedisProcess promoted =
        patiently()
            .ignoreException(UncheckedIOException.class)
            .until(() -> promoted(replicas), Optional::isPresent)
            .get();
    tell("sentinels promoted", killed, 0);
    follows("promoted server's role", promoted, () -> last(promoted).getRole() == Role.PRIMARY);
    patiently().until(() -> lastState(servers.get(0)) == TargetState.UNREACHABLE);

    SentinelEvent switched =
        patiently().until(() -> announced("+switch-master"), Optional::isPresent).get();
    assertThat(switched.getMaster()).isEqualTo("orders");
    assertThat(switched.getAddress()).isEqualTo("127.0.0.1:" + servers.get(0).port());
    assertThat(switched.getMasterAddress()).isEqualTo("127.0.0.1:" + promoted.port());
    tell("+switch-master received", killed, 0);
    // The next sample of that sentinel has it: at most an interval and a poll later.
    assertThat(Duration.between(switched.getReceivedAt(), sampleWith(switched).getSampledAt()))
        .isLessThan(Duration.ofSeconds(2));
    patiently().until(() -> announced("+sdown").isPresent() && announced("+odown").isPresent());
    patiently().until(() -> allSay(promoted));
    tell("view of all sentinels", killed, 0);
    assertThat(orders(sentinels.get(0)).getConfigEpoch()).isPositive();
    assertThat(fleet.targets()).hasSize(6);
    return promoted;
  }

  private void followsANewReplica(RedisProcess promoted) {
    RedisProcess added = server(Optional.of(promoted));
    SentinelEvent noticed =
        patiently()
            .until(() -> announced("+slave", "127.0.0.1:" + added.port()), Optional::isPresent)
            .get();
    tell("+slave received", noticed.getReceivedAt(), 0);
    patiently().until(() -> groupOf(added).isPresent());
    assertThat(groupOf(added)).contains("shop-orders");
    // The hint makes the discovery look at once, and not when its interval is over.
    assertThat(Duration.between(noticed.getReceivedAt(), Instant.now()))
        .isLessThan(Duration.ofSeconds(3));
    patiently().until(() -> lastState(added) == TargetState.UP);
    tell("new replica polled", noticed.getReceivedAt(), 0);
    assertThat(last(added).getRole()).isEqualTo(Role.REPLICA);
  }

  private RedisProcess server(Optional<RedisProcess> primary) {
    RedisProcess.Builder builder =
        RedisProcess.builder().binary(RedisBinary.redis70()).password(DATA_PASSWORD);
    primary.ifPresentOrElse(
        builder::replicaOf, () -> builder.directive("masterauth", DATA_PASSWORD));
    RedisProcess server = resources.add("redis", Duration.ofSeconds(5), builder.start());
    servers.add(server);
    return server;
  }

  private void sentinel(RedisProcess primary) {
    sentinels.add(
        resources.add(
            "sentinel",
            Duration.ofSeconds(5),
            RedisProcess.builder()
                .binary(RedisBinary.redis70())
                .sentinel()
                .password(SENTINEL_PASSWORD)
                .directive("sentinel", "monitor", "orders", "127.0.0.1", "" + primary.port(), "2")
                .directive("sentinel", "auth-pass", "orders", DATA_PASSWORD)
                .directive("sentinel", "down-after-milliseconds", "orders", "1000")
                .directive("sentinel", "failover-timeout", "orders", "3000")
                .start()));
  }

  private static Optional<RedisProcess> promoted(List<RedisProcess> replicas) {
    return replicas.stream()
        .filter(replica -> replica.info("replication").contains("role:master"))
        .findFirst();
  }

  private boolean allSay(RedisProcess primary) {
    return sentinels.stream()
        .allMatch(one -> ("127.0.0.1:" + primary.port()).equals(orders(one).getAddress()));
  }

  private SentinelMaster orders(RedisProcess sentinel) {
    return last(sentinel).getSentinel().getMasters().get(0);
  }

  private boolean isListenedTo(RedisProcess sentinel) {
    return lastOf(sentinel)
        .map(InstanceSample::getSentinelEvents)
        .filter(log -> log.getSubscribed())
        .isPresent();
  }

  private Optional<SentinelEvent> announced(String event) {
    return announcements().filter(one -> one.getEvent().equals(event)).findFirst();
  }

  private Optional<SentinelEvent> announced(String event, String address) {
    return announcements()
        .filter(one -> one.getEvent().equals(event) && address.equals(one.getAddress()))
        .findFirst();
  }

  private Stream<SentinelEvent> announcements() {
    return samples.stream()
        .filter(sample -> sample.getSentinelEvents() != null)
        .flatMap(sample -> sample.getSentinelEvents().getEvents().stream());
  }

  private InstanceSample sampleWith(SentinelEvent event) {
    return samples.stream()
        .filter(sample -> sample.getSentinelEvents() != null)
        .filter(sample -> sample.getSentinelEvents().getEvents().contains(event))
        .findFirst()
        .orElseThrow();
  }

  /** Waits, and counts how many polls of this server it takes from now on. */
  private void follows(String what, RedisProcess by, Callable<Boolean> condition) {
    Instant since = Instant.now();
    patiently().until(condition);
    long polls =
        samples.stream()
            .filter(sample -> isOf(sample, by))
            .filter(sample -> sample.getSampledAt().isAfter(since))
            .count();
    tell(what, since, polls);
    assertThat(polls).as(what).isLessThanOrEqualTo(FOLLOWED_WITHIN_POLLS);
  }

  private static void tell(String what, Instant since, long polls) {
    LOG.info(
        "event=followed what=\"{}\" polls={} millis={}",
        what,
        polls,
        Duration.between(since, Instant.now()).toMillis());
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
  }

  /** By the targets that are polled now. */
  private Optional<String> groupOf(RedisProcess process) {
    return fleet.targets().stream()
        .filter(target -> target.port() == process.port())
        .map(Target::group)
        .findFirst();
  }

  private TargetState lastState(RedisProcess process) {
    return lastOf(process).map(InstanceSample::getState).orElse(TargetState.UNKNOWN);
  }

  private InstanceSample last(RedisProcess process) {
    return lastOf(process).orElseThrow();
  }

  private Optional<InstanceSample> lastOf(RedisProcess process) {
    return samples.stream().filter(sample -> isOf(sample, process)).reduce((a, b) -> b);
  }

  private static boolean isOf(InstanceSample sample, RedisProcess process) {
    return sample.getInstanceId().endsWith(":" + process.port());
  }

  private final class KeptPolls implements PollSink {
    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public void accept(PollResult result) {
      samples.add(result.sample());
    }
  }

  private static final class NoWindows implements WindowPublisher {
    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public boolean offer(KeyspaceEventSample window) {
      return true;
    }
  }
}
