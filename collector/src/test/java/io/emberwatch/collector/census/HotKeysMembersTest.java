package io.emberwatch.collector.census;

import static io.emberwatch.collector.census.ScriptedRedis.bulk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.key.NamePolicies;
import io.emberwatch.collector.target.KeyCensus;
import io.emberwatch.collector.target.KeyNaming;
import io.emberwatch.collector.target.PrefixRules;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.HotKeysEnd;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.KeyScan;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.TargetState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Which members of a group are asked for hot keys. In each of them somebody else's session is under
 * way, so that a look ends at once; the replies are the documented ones, not those of a real 8.6.
 */
final class HotKeysMembersTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<KeyScan> scans = new CopyOnWriteArrayList<>();
  private final RedisConnector connector = new RedisConnector("hot", Duration.ofSeconds(5));
  private final ScriptedRedis primary = server("master");
  private final ScriptedRedis replica = server("slave");
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
  void closes() throws Exception {
    censuses.close();
    connector.close();
    primary.close();
    replica.close();
  }

  private static ScriptedRedis server(String role) {
    DocumentedHotKeys hotKeys = new DocumentedHotKeys();
    hotKeys.answer(List.of("START", "METRICS", "1", "CPU"));
    String info =
        "# Server\r\nredis_version:8.6.1\r\nrun_id:0123456789abcdef0123456789abcdef01234567\r\n"
            + "# Replication\r\nrole:"
            + role
            + "\r\n# Keyspace\r\ndb0:keys=1,expires=0,avg_ttl=0\r\n";
    return new ScriptedRedis(
        words ->
            switch (words.get(0)) {
              case "INFO" -> bulk(info);
              case "HOTKEYS" -> hotKeys.answer(words.subList(1, words.size()));
              case "PING" -> "+PONG\r\n";
              case "SCAN" -> "*2\r\n$1\r\n0\r\n*0\r\n";
              default -> DocumentedHotKeys.OK;
            });
  }

  private static Target target(ScriptedRedis redis, int hotKeys) {
    return Target.builder("f", "g", "127.0.0.1", redis.port())
        .keyCensus(
            new KeyCensus(
                200,
                Duration.ofMillis(20),
                SECOND,
                SECOND,
                Duration.ofMinutes(5),
                10,
                hotKeys,
                PrefixRules.DEFAULTS,
                KeyNaming.DROPPED))
        .build();
  }

  private void isUp(Target target, Role role) {
    InstanceSample sample = new InstanceSample();
    sample.setInstanceId(target.instanceId());
    sample.setState(TargetState.UP);
    sample.setRole(role);
    sample.setEngine(Engine.REDIS);
    sample.setVersion("8.6.1");
    censuses.observe(sample);
  }

  private List<KeyScan> of(Target target) {
    return scans.stream().filter(scan -> scan.getInstanceId().equals(target.instanceId())).toList();
  }

  @Test
  void asksEachMemberThoughTheCensusIsTakenOnOne() {
    Target first = target(primary, 5);
    Target second = target(replica, 5);
    censuses.watch(List.of(first, second));
    isUp(second, Role.REPLICA);
    isUp(first, Role.PRIMARY);
    await().until(() -> !of(first).isEmpty() && !replica.asked("SCAN").isEmpty());
    censuses.close();
    assertThat(of(first))
        .allSatisfy(
            scan -> {
              assertThat(scan.getRole()).isEqualTo(Role.PRIMARY);
              assertThat(scan.getHotKeys().getEnd()).isEqualTo(HotKeysEnd.BUSY);
            });
    assertThat(of(second)).anySatisfy(scan -> assertThat(scan.getHotKeys()).isNotNull());
    assertThat(primary.asked("SCAN")).isEmpty();
  }

  @Test
  void leavesAMemberInPeaceThatIsAskedForNothing() {
    Target first = target(primary, 0);
    Target second = target(replica, 5);
    censuses.watch(List.of(first, second));
    isUp(second, Role.REPLICA);
    isUp(first, Role.PRIMARY);
    await().until(() -> replica.asked("SCAN").size() > 1);
    assertThat(primary.asked("INFO")).isEmpty();
  }
}
