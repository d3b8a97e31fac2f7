package io.emberwatch.collector.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.info.InfoParser;
import io.emberwatch.collector.key.NamePolicies;
import io.emberwatch.collector.probe.AclRights;
import io.emberwatch.collector.probe.ServerFacts;
import io.emberwatch.collector.target.Credentials;
import io.emberwatch.collector.target.KeyCensus;
import io.emberwatch.collector.target.KeyNaming;
import io.emberwatch.collector.target.PrefixRules;
import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisCluster;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.embedded.redis.RespConnection;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.schemas.DatabaseScan;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.KeyScan;
import io.emberwatch.schemas.PrefixScan;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.ScanCost;
import io.emberwatch.schemas.SliceEnd;
import io.emberwatch.schemas.TargetState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A census of a real server: what it finds, what it costs, and what it never does. */
final class KeyCensusIT {

  private static final int KEYS_PER_SECOND = 1_000;
  private static final Duration BUSY_PER_SECOND = Duration.ofMillis(100);

  private final List<KeyScan> scans = new CopyOnWriteArrayList<>();
  private final RedisConnector connector = new RedisConnector("census", Duration.ofSeconds(5));
  private final KeyCensuses censuses =
      new KeyCensuses(
          "c1",
          connector::connect,
          scans::add,
          new NamePolicies(new SecureRandom()),
          new SimpleMeterRegistry(),
          new Random(1),
          Clock.systemUTC());

  @AfterEach
  void closes() {
    censuses.close();
    connector.close();
  }

  private static Target target(RedisProcess redis) {
    return target(redis, Duration.ofSeconds(1));
  }

  private static Target target(RedisProcess redis, Duration slice) {
    return Target.builder("f", "g", redis.host(), redis.port())
        .keyCensus(
            new KeyCensus(
                KEYS_PER_SECOND,
                BUSY_PER_SECOND,
                slice,
                slice,
                Duration.ofMinutes(5),
                10,
                0,
                PrefixRules.DEFAULTS,
                KeyNaming.PLAIN))
        .build();
  }

  private void isUp(Target target, Role role) {
    InstanceSample sample = new InstanceSample();
    sample.setInstanceId(target.instanceId());
    sample.setState(TargetState.UP);
    sample.setRole(role);
    censuses.observe(sample);
  }

  /** 3 000 keys in 5 databases: three seconds of the budget and more, so several slices. */
  private static void fill(RedisProcess redis) throws Exception {
    try (RespConnection commands = redis.connect(Duration.ofSeconds(10))) {
      for (int db : new int[] {0, 1, 3, 7, 15}) {
        commands.call("SELECT", Integer.toString(db));
        commands.call(
            "EVAL",
            "for i=1,300 do redis.call('SET','user:'..i,string.rep('x',50)) end"
                + " for i=1,200 do redis.call('SET','session:'..i,'x','EX',600) end"
                + " for i=1,100 do redis.call('HSET','cart:'..i,'a',i,'b',i) end",
            "0");
      }
      commands.call("SELECT", "3");
      commands.call("EVAL", "for i=1,20000 do redis.call('RPUSH','queue:big',i) end", "0");
      commands.call("SET", "blob:1", "x".repeat(2_000_000));
    }
  }

  @Test
  void countsEveryKeyOfFiveDatabasesWithinItsBudget() throws Exception {
    try (RedisProcess redis = RedisProcess.start()) {
      fill(redis);
      redis.call("CONFIG", "RESETSTAT");
      Target target = target(redis);
      censuses.watch(List.of(target));
      isUp(target, Role.PRIMARY);
      KeyScan done =
          await()
              .atMost(Duration.ofSeconds(40))
              .until(
                  () -> scans.stream().filter(KeyCensusIT::isComplete).findFirst(),
                  Optional::isPresent)
              .orElseThrow();
      censuses.close();

      io.emberwatch.schemas.KeyCensus census = done.getCensus();
      assertThat(done.getRole()).isEqualTo(Role.PRIMARY);
      assertThat(census.getDatabases())
          .extracting(DatabaseScan::getDb)
          .containsExactly(0, 1, 3, 7, 15);
      assertThat(census.getDatabases())
          .allSatisfy(
              db -> {
                assertThat(db.getComplete()).isTrue();
                assertThat(db.getLookedAt()).isEqualTo(db.getKeys());
              });
      assertThat(census.getSampledShare()).isEqualTo(1);
      assertThat(census.getSlice()).as("cursor kept over slices").isGreaterThan(1);
      assertThat(keysByPrefix(census.getPrefixes()))
          .isEqualTo(
              Map.of(
                  "user:", 1_500L, "session:", 1_000L, "cart:", 500L, "queue:", 1L, "blob:", 1L));
      assertThat(census.getBiggest().get(0).getKey()).isEqualTo("blob:1");
      assertThat(census.getBiggest().get(0).getMemoryBytes()).isGreaterThan(2_000_000);
      assertThat(census.getBiggest().get(1).getKey()).isEqualTo("queue:big");
      assertThat(census.getBiggest().get(1).getElements()).isEqualTo(20_000);
      PrefixScan sessions = prefix(census.getPrefixes(), 1, "session:");
      assertThat(sessions.getKeysWithExpiry()).isEqualTo(200);
      assertThat(sessions.getBusiestExpiryKeys()).as("set within a minute").isGreaterThan(90);
      assertThat(prefix(census.getPrefixes(), 1, "user:").getKeysWithExpiry()).isZero();

      assertThat(done.toByteBuffer().remaining()).as("bytes of a record").isLessThan(10_000);
      assertBudget(redis);
    }
  }

  private void assertBudget(RedisProcess redis) {
    Map<String, long[]> commands = commandstats(redis);
    assertThat(commands).doesNotContainKeys("monitor", "keys");
    List<String> own =
        commands.keySet().stream().filter(name -> !name.startsWith("config")).toList();
    assertThat(own)
        .contains("scan", "type", "pttl", "memory|usage", "object|encoding", "object|idletime")
        .doesNotContain("set", "del", "expire", "flushall", "eval");
    double seconds =
        scans.stream().mapToLong(scan -> scan.getCensus().getCost().getDurationMillis()).sum()
            / 1e3;
    assertThat(calls(commands, "type") / seconds)
        .as("keys in a second of a slice")
        .isLessThan(KEYS_PER_SECOND);
    long usec = commands.values().stream().mapToLong(figures -> figures[1]).sum();
    assertThat(usec / seconds / 1_000)
        .as("server time by commandstats, ms in a second of a slice")
        .isLessThan((double) BUSY_PER_SECOND.toMillis());
    long told = scans.stream().mapToLong(scan -> scan.getCensus().getCost().getBusyUsec()).sum();
    assertThat(told).as("what it tells is no less").isGreaterThan(usec / 2);
  }

  @Test
  void goesToAReplicaFirst() throws Exception {
    try (RedisProcess redis = RedisProcess.start();
        RedisProcess follower = RedisProcess.builder().replicaOf(redis).start()) {
      redis.call("SET", "user:1", "x");
      await().until(() -> follower.info("keyspace").contains("keys=1"));
      redis.call("CONFIG", "RESETSTAT");
      Target primary = target(redis);
      Target replica = target(follower);
      censuses.watch(List.of(primary, replica));
      isUp(replica, Role.REPLICA);
      isUp(primary, Role.PRIMARY);
      await().until(() -> scans.stream().anyMatch(KeyCensusIT::isComplete));
      censuses.close();
      assertThat(scans)
          .allSatisfy(scan -> assertThat(scan.getInstanceId()).isEqualTo(replica.instanceId()));
      assertThat(scans.get(0).getRole()).isEqualTo(Role.REPLICA);
      assertThat(commandstats(redis)).doesNotContainKey("scan");
    }
  }

  /** A cluster's replica sends readers elsewhere until it is told that they want it. */
  @Test
  void readsAReplicaOfACluster() throws Exception {
    try (RedisCluster cluster = RedisCluster.start(RedisBinary.preferred(), 3, Map.of())) {
      RedisProcess replica = cluster.nodes().get(3);
      cluster.nodes().get(0).call("SET", "{bar}:1", "x");
      await().until(() -> replica.info("keyspace").contains("keys=1"));
      Target target = target(replica);
      censuses.watch(List.of(target));
      isUp(target, Role.REPLICA);
      await().until(() -> !scans.isEmpty());
      assertThat(scans.get(0).getCensus().getEnd()).isEqualTo(SliceEnd.COMPLETE);
      assertThat(keysByPrefix(scans.get(0).getCensus().getPrefixes()))
          .isEqualTo(Map.of("{bar}:", 1L));
    }
  }

  @Test
  void leavesAServerAloneWhoseRoundTripDoubles() throws Exception {
    try (RedisProcess redis = RedisProcess.start();
        RespConnection other = redis.connect(Duration.ofSeconds(10))) {
      fill(redis);
      Target target = target(redis, Duration.ofSeconds(3));
      censuses.watch(List.of(target));
      isUp(target, Role.PRIMARY);
      await().until(() -> commandstats(redis).containsKey("type"));
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                other.call("EVAL", "for i=1,5000000 do end", "0");
                return !scans.isEmpty();
              });
      censuses.close();
      assertThat(scans.get(0).getCensus().getEnd()).isEqualTo(SliceEnd.SLOW_SERVER);
      ScanCost cost = scans.get(0).getCensus().getCost();
      assertThat(cost.getWorstUsec()).isGreaterThan(2 * cost.getBaselineUsec());
    }
  }

  @Test
  void isContentWithTheRightsThatAclPrints() throws Exception {
    try (RedisProcess redis = RedisProcess.start()) {
      redis.call("SET", "user:1", "x");
      ServerFacts facts = new ServerFacts();
      facts.learn(InfoParser.parse(redis.info("server").getBytes(StandardCharsets.UTF_8)));
      List<String> rights = AclRights.of(List.of(), List.of(), false);
      rights.addAll(AclRights.keyCensus(facts));
      Target target = target(redis).toBuilder().credentials(user(redis, rights)).build();
      censuses.watch(List.of(target));
      isUp(target, Role.PRIMARY);
      await().until(() -> !scans.isEmpty());
      assertThat(scans.get(0).getCensus().getEnd()).isEqualTo(SliceEnd.COMPLETE);
      assertThat(scans.get(0).getCensus().getBiggest().get(0).getEncoding()).isEqualTo("embstr");
      assertThat(String.valueOf(redis.call("ACL", "DRYRUN", "census", "GET", "user:1")))
          .contains("no permissions");
      rights.remove("+scan");
      user(redis, rights);
      await().until(() -> scans.stream().anyMatch(KeyCensusIT::isRefused));
    }
  }

  private static Credentials user(RedisProcess redis, List<String> rights) {
    List<String> words =
        new ArrayList<>(List.of("ACL", "SETUSER", "census", "reset", "on", ">pw", "-@all"));
    words.addAll(rights);
    assertThat(redis.call(words.toArray(String[]::new))).isEqualTo("OK");
    return new Credentials(Optional.of("census"), Secret.ofValue("test", "pw"));
  }

  private static boolean isRefused(KeyScan scan) {
    return scan.getCensus().getEnd() == SliceEnd.REFUSED;
  }

  private static boolean isComplete(KeyScan scan) {
    return scan.getCensus().getEnd() == SliceEnd.COMPLETE;
  }

  private static Map<String, Long> keysByPrefix(List<PrefixScan> scans) {
    Map<String, Long> keys = new TreeMap<>();
    scans.forEach(scan -> keys.merge(scan.getPrefix(), scan.getKeys(), Long::sum));
    return keys;
  }

  private static PrefixScan prefix(List<PrefixScan> scans, int db, String prefix) {
    return scans.stream()
        .filter(scan -> scan.getDb() == db && scan.getPrefix().equals(prefix))
        .findFirst()
        .orElseThrow();
  }

  private static long calls(Map<String, long[]> commands, String name) {
    return commands.getOrDefault(name, new long[2])[0];
  }

  /** Calls and microseconds by command. */
  private static Map<String, long[]> commandstats(RedisProcess redis) {
    Matcher line =
        Pattern.compile("cmdstat_([^:]+):calls=(\\d+),usec=(\\d+)")
            .matcher(redis.info("commandstats"));
    Map<String, long[]> commands = new TreeMap<>();
    while (line.find()) {
      commands.put(
          line.group(1), new long[] {Long.parseLong(line.group(2)), Long.parseLong(line.group(3))});
    }
    return new TreeMap<>(commands);
  }
}
