package io.emberwatch.collector.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.probe.Emission;
import io.emberwatch.collector.target.ClientCensusChoice;
import io.emberwatch.collector.target.Credentials;
import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.embedded.redis.RespConnection;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.schemas.AclDenial;
import io.emberwatch.schemas.AclUserChange;
import io.emberwatch.schemas.ClientCensus;
import io.emberwatch.schemas.CommandStats;
import io.emberwatch.schemas.ConfigSnapshot;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.SecurityEvent;
import io.emberwatch.schemas.SecurityEventKind;
import io.emberwatch.schemas.SettingChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clients, memory, modules, functions, users and configuration of real servers. */
final class SourcesIT {

  private static final Logger LOG = LoggerFactory.getLogger(SourcesIT.class);
  private static final String REQUIREPASS = "qx-requirepass-secret";
  private static final String MASTERAUTH = "qx-masterauth-secret";
  private static final String ALICE = "qx-alice-secret";
  private static final String CHANGED = "qx-changed-secret";
  private static final String KEY_PASS = "qx-tls-key-secret";

  private final RedisConnector connector = new RedisConnector("it", Duration.ofSeconds(5));
  private final List<TargetWatch> watches = new ArrayList<>();

  @AfterEach
  void closes() {
    watches.forEach(TargetWatch::close);
    connector.close();
  }

  private static Target target(RedisProcess redis) {
    return Target.of("it", "sources", "127.0.0.1", redis.port());
  }

  /** Every probe with every poll. */
  private TargetWatch watch(Target target) {
    Map<String, ProbeCadence> always = new TreeMap<>();
    for (String name : ProbeCadence.names()) {
      always.put(name, new ProbeCadence(Optional.of(Duration.ZERO), false));
    }
    return watch(target, always);
  }

  private TargetWatch watch(Target target, Map<String, ProbeCadence> cadences) {
    WatchSettings settings = new WatchSettings("it", Duration.ZERO, Duration.ZERO, 1, cadences);
    TargetWatch watch =
        new TargetWatch(
            target, settings, connector, NotificationSource.NONE, () -> 1, Clock.systemUTC());
    watches.add(watch);
    return watch;
  }

  private static PollResult poll(TargetWatch watch) throws Exception {
    return watch.poll(Duration.ofSeconds(10)).get(20, TimeUnit.SECONDS);
  }

  private static <V> List<V> emitted(PollResult result, Class<V> type) {
    return result.emissions().stream()
        .map(Emission::value)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static SecurityEvent only(PollResult result, SecurityEventKind kind) {
    List<SecurityEvent> events =
        emitted(result, SecurityEvent.class).stream().filter(e -> e.getKind() == kind).toList();
    assertThat(events).as(kind.name()).hasSize(1);
    return events.get(0);
  }

  @Test
  void asksEachReleaseForWhatItHasAndIsRefusedNothing() throws Exception {
    for (RedisBinary binary :
        List.of(
            RedisBinary.redis28(),
            RedisBinary.redis62(),
            RedisBinary.redis70(),
            RedisBinary.preferred())) {
      try (RedisProcess redis = RedisProcess.builder().binary(binary).start()) {
        TargetWatch watch = watch(target(redis));
        poll(watch);
        PollResult result = poll(watch);
        InstanceSample sample = result.sample();
        assertThat(sample.getRefusedProbes()).as(sample.getVersion()).isEmpty();
        boolean modern = !sample.getVersion().startsWith("2.8");
        boolean latest = sample.getVersion().startsWith("7.");
        ClientCensus census = emitted(result, ClientCensus.class).get(0);
        assertThat(census.getOwnClients()).isEqualTo(1);
        assertThat(census.getUnreadableLines()).isZero();
        assertThat(sample.getClientSummary().getTaken()).isTrue();
        assertThat(sample.getMemoryStats() != null).isEqualTo(modern);
        assertThat(sample.getLoadedModules() != null).isEqualTo(modern);
        assertThat(sample.getAclLog() != null).isEqualTo(modern);
        assertThat(sample.getAcl() != null).isEqualTo(modern);
        assertThat(sample.getFunctions() != null).isEqualTo(latest);
        assertThat(sample.getLargeCommands()).isNull();
        assertThat(sample.getConfig()).isNotNull();
        if (modern) {
          assertThat(sample.getMemoryStats().getTotalAllocated()).isPositive();
          assertThat(sample.getAcl().getUsers().get(0).getName()).isEqualTo("default");
          assertThat(sample.getAcl().getUsers().get(0).getNopass()).isTrue();
        }
      }
    }
  }

  @Test
  void showsARefusalOfRenamedCommandsAndNothingElse() throws Exception {
    try (RedisProcess redis =
        RedisProcess.builder()
            .binary(RedisBinary.redis62())
            .directive("rename-command", "CONFIG", "")
            .directive("rename-command", "ACL", "")
            .start()) {
      PollResult result = poll(watch(target(redis)));
      assertThat(result.sample().getRefusedProbes())
          .extracting(refused -> refused.getProbe())
          .containsExactlyInAnyOrder("config", "acl", "acl_log");
      assertThat(emitted(result, ConfigSnapshot.class)).isEmpty();
      assertThat(result.sample().getMemoryStats()).isNotNull();
    }
  }

  @Test
  void skipsTheCensusOfAServerWithMoreClientsThanTheTargetAllows() throws Exception {
    try (RedisProcess redis = RedisProcess.builder().binary(RedisBinary.redis70()).start();
        RespConnection other = redis.connect(Duration.ofSeconds(5))) {
      other.call("CLIENT", "SETNAME", "app");
      ClientCensusChoice one = new ClientCensusChoice(true, 1, 10);
      PollResult skipped = poll(watch(target(redis).toBuilder().clientCensus(one).build()));
      assertThat(skipped.sample().getClientSummary().getTaken()).isFalse();
      assertThat(skipped.sample().getClientSummary().getClients()).isNull();
      assertThat(emitted(skipped, ClientCensus.class)).isEmpty();
      ClientCensus census = emitted(poll(watch(target(redis))), ClientCensus.class).get(0);
      assertThat(census.getByName()).anyMatch(group -> group.getKey().equals("app"));
    }
  }

  @Test
  void tellsDenialsAndDriftAndNoSecret() throws Exception {
    try (RedisProcess redis =
        RedisProcess.builder()
            .password(REQUIREPASS)
            .directive("masterauth", MASTERAUTH)
            .directive("user", "alice", "on", ">" + ALICE, "~app:*", "+get", "+ping")
            .start()) {
      boolean tls =
          redis.call("CONFIG", "GET", "tls-key-file-pass") instanceof List<?> l && !l.isEmpty();
      if (tls) {
        redis.call("CONFIG", "SET", "tls-key-file-pass", KEY_PASS);
      }
      Credentials login = new Credentials(Optional.empty(), Secret.ofValue("test", REQUIREPASS));
      TargetWatch watch = watch(target(redis).toBuilder().credentials(login).build());
      PollResult first = poll(watch);
      ConfigSnapshot snapshot = emitted(first, ConfigSnapshot.class).get(0);
      assertThat(snapshot.getSettings()).containsEntry("maxmemory", "0").containsKey("save");
      assertThat(emitted(first, SecurityEvent.class)).isEmpty();
      assertThat(emitted(poll(watch), ConfigSnapshot.class)).as("nothing changed").isEmpty();

      try (RespConnection alice = redis.connect(Duration.ofSeconds(5))) {
        alice.call("AUTH", "alice", ALICE);
        for (int i = 0; i < 3; i++) {
          deny(alice, "GET", "private:4711");
        }
      }
      redis.call("ACL", "SETUSER", "alice", ">" + CHANGED, "+set");
      redis.call("CONFIG", "SET", "maxmemory", "100mb");
      redis.call("CONFIG", "SET", "masterauth", CHANGED);
      PollResult after = poll(watch);

      AclDenial denial = only(after, SecurityEventKind.ACL_DENIED).getDenial();
      assertThat(denial.getReason()).isEqualTo("key");
      assertThat(denial.getUsername()).isEqualTo("alice");
      assertThat(denial.getNewCount()).isEqualTo(3);
      assertThat(denial.getObject()).as("a key").isNull();
      assertThat(after.sample().getAclLog().getDenialsNew()).isEqualTo(3);
      AclUserChange change = only(after, SecurityEventKind.ACL_CHANGED).getUsers().get(0);
      assertThat(change.getName()).isEqualTo("alice");
      assertThat(change.getPasswordsChanged()).isTrue();
      assertThat(change.getAfter().getPasswords()).isEqualTo(2);
      assertThat(only(after, SecurityEventKind.CONFIG_CHANGED).getSettings())
          .containsExactly(
              new SettingChange("masterauth", null, null),
              new SettingChange("maxmemory", "0", "104857600"));
      assertThat(emitted(after, ConfigSnapshot.class)).hasSize(1);

      String everything = text(first) + text(after) + first + after;
      assertThat(everything).contains("alice", "maxmemory");
      for (String secret : List.of(REQUIREPASS, MASTERAUTH, ALICE, CHANGED, KEY_PASS)) {
        assertThat(everything).doesNotContain(secret).doesNotContain(sha256(secret));
      }
      assertThat(everything).doesNotContain("4711");
    }
  }

  @Test
  void readsTheConfigurationAtOnceWhenInfoRepeatsAChange() throws Exception {
    try (RedisProcess redis = RedisProcess.builder().binary(RedisBinary.redis70()).start()) {
      TargetWatch watch = watch(target(redis), Map.of());
      poll(watch);
      assertThat(poll(watch).sample().getProbeLatencyUsec()).doesNotContainKey("config");
      redis.call("CONFIG", "SET", "maxmemory", "100mb");
      assertThat(poll(watch).sample().getProbeLatencyUsec()).doesNotContainKey("config");
      PollResult hinted = poll(watch);
      assertThat(only(hinted, SecurityEventKind.CONFIG_CHANGED).getSettings())
          .containsExactly(new SettingChange("maxmemory", "0", "104857600"));
      assertThat(poll(watch).sample().getProbeLatencyUsec()).doesNotContainKey("config");
    }
  }

  /** Every command of ours is slow here, so that the log grows between its two questions. */
  @Test
  void losesNothingOfASlowLogThatGrowsWhileItIsRead() throws Exception {
    try (RedisProcess redis =
        RedisProcess.builder()
            .binary(RedisBinary.redis70())
            .directive("slowlog-log-slower-than", "0")
            .start()) {
      TargetWatch watch = watch(target(redis));
      poll(watch);
      InstanceSample second = poll(watch).sample();
      assertThat(second.getSlowlog().getEntriesNew()).isGreaterThan(8);
      assertThat(second.getSlowlog().getEntriesLost()).isZero();
    }
  }

  /** What each costs is in the log: a busy machine says nothing of the server. */
  @Test
  void tellsWhatEachCommandCostsTheServer() throws Exception {
    try (RedisProcess redis = RedisProcess.builder().binary(RedisBinary.redis70()).start()) {
      List<RespConnection> clients = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        clients.add(redis.connect(Duration.ofSeconds(5)));
      }
      TargetWatch watch = watch(target(redis));
      PollResult result = poll(watch);
      for (int i = 0; i < 50; i++) {
        result = poll(watch);
      }
      for (CommandStats command : result.sample().getCommands()) {
        long mean = command.getUsec() / Math.max(1, command.getCalls());
        LOG.info("usec={} command={}", mean, command.getCommand());
      }
      assertThat(result.sample().getCommands())
          .extracting(CommandStats::getCommand)
          .contains("info", "ping", "client|list", "memory|stats", "config|get", "slowlog|get");
      ClientCensus census = emitted(result, ClientCensus.class).get(0);
      assertThat(census.getClients()).isEqualTo(100);
      LOG.info("census of 100 clients bytes={}", bytes(census).length);
      LOG.info("memory stats bytes={}", bytes(result.sample().getMemoryStats()).length);
      for (RespConnection client : clients) {
        client.close();
      }
    }
  }

  private static void deny(RespConnection connection, String... command) throws IOException {
    try {
      connection.call(command);
      throw new AssertionError("not denied");
    } catch (RespConnection.RespError denied) {
      assertThat(denied).hasMessageContaining("NOPERM");
    }
  }

  /** Everything of a poll as it goes to Kafka. */
  private static String text(PollResult result) throws IOException {
    StringBuilder text = new StringBuilder(latin(bytes(result.sample())));
    for (Emission<?> emission : result.emissions()) {
      text.append(latin(bytes(emission.value())));
    }
    return text.toString();
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(SpecificRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static String sha256(String text) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }
}
