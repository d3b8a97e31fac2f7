package io.emberwatch.collector.census;

import static io.emberwatch.collector.census.ScriptedRedis.bulk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.key.KeyNames;
import io.emberwatch.collector.target.KeyCensus;
import io.emberwatch.collector.target.KeyNaming;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.HotKey;
import io.emberwatch.schemas.HotKeys;
import io.emberwatch.schemas.HotKeysEnd;
import io.emberwatch.schemas.KeyScan;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.SliceEnd;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Hot keys from the server to the record, with a census of keys behind them, of a server that
 * answers as the documentation of Redis 8.6 says. None of it was tried on a real one.
 */
final class HotKeysCensusTest {

  private final DocumentedHotKeys hotKeys = new DocumentedHotKeys();
  private final List<KeyScan> scans = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RedisConnector connector = new RedisConnector("hot", Duration.ofSeconds(5));
  private final QuickTimers timers = new QuickTimers(hotKeys::advance);
  private volatile String version = "redis_version:8.6.0\r\n";
  private final ScriptedRedis redis = new ScriptedRedis(this::answer);

  @AfterEach
  void closes() throws Exception {
    timers.shutdownNow();
    connector.close();
    redis.close();
  }

  private String answer(List<String> words) {
    return switch (words.get(0)) {
      case "INFO" -> bulk(info());
      case "HOTKEYS" -> hotKeys.answer(words.subList(1, words.size()));
      case "PING" -> "+PONG\r\n";
      case "SCAN" -> "*2\r\n$1\r\n0\r\n*0\r\n";
      default -> DocumentedHotKeys.OK;
    };
  }

  private String info() {
    return "# Server\r\n"
        + version
        + "run_id:0123456789abcdef0123456789abcdef01234567\r\nserver_time_usec:"
        + hotKeys.nowMillis() * 1000
        + "\r\n# Replication\r\nrole:master\r\n# Keyspace\r\ndb0:keys=1,expires=0,avg_ttl=0\r\n";
  }

  private void takesCensus(KeyNaming naming, int howMany, boolean keys) {
    KeyCensus settings = KeyCensus.DEFAULTS.withHotKeys(howMany);
    Target target = Target.of("f", "g", "127.0.0.1", redis.port());
    TargetCensus.Shared shared =
        new TargetCensus.Shared(
            "c1",
            connector::connect,
            scans::add,
            new CensusMeters(registry),
            timers,
            Clock.systemUTC());
    TargetCensus census =
        new TargetCensus(target, settings, KeyNames.of(naming, new byte[] {1}), shared);
    census.begin(keys, howMany > 0);
  }

  private HotKeys told() {
    return await()
        .until(
            () -> scans.stream().map(KeyScan::getHotKeys).filter(hot -> hot != null).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private double looks(String end) {
    return registry.get("emberwatch.collector.census.hot.keys").tag("end", end).counter().count();
  }

  @Test
  void tellsHotKeysAndThenTakesTheSlice() {
    long startedMillis = hotKeys.nowMillis();
    takesCensus(KeyNaming.PLAIN, 10, true);
    HotKeys hot = told();
    assertThat(hot.getEnd()).isEqualTo(HotKeysEnd.TOLD);
    assertThat(hot.getRefusal()).isNull();
    assertThat(hot.getStarted()).isEqualTo(Instant.ofEpochMilli(startedMillis));
    assertThat(hot.getDurationMillis()).isEqualTo(10_000);
    assertThat(hot.getSampleRatio()).isEqualTo(HotKeySession.SAMPLE_RATIO);
    assertThat(hot.getCpuUsec()).isEqualTo(103);
    assertThat(hot.getNetBytes()).isEqualTo(2_042);
    assertThat(hot.getKeys())
        .containsExactly(
            new HotKey("hotkey:001:counter", "hotkey:", 29L, null),
            new HotKey("hotkey:001", "hotkey:", 25L, 446L),
            new HotKey("hotkey:002", "hotkey:", null, 328L));

    await().until(() -> scans.size() == 2);
    assertThat(scans.get(0).getCensus()).isNull();
    assertThat(scans.get(0).getRole()).isEqualTo(Role.PRIMARY);
    assertThat(scans.get(1).getHotKeys()).isNull();
    assertThat(scans.get(1).getCensus().getEnd()).isEqualTo(SliceEnd.COMPLETE);
    assertThat(redis.asked("HOTKEYS START")).hasSize(1);
    assertThat(redis.asked("HOTKEYS START").get(0)).contains(" COUNT 10 ");
    assertThat(hotKeys.hasSession()).isFalse();
    assertThat(looks("told")).isEqualTo(1);
  }

  @Test
  void asksForHotKeysOnlyWhereAnotherMembersTurnItIs() {
    takesCensus(KeyNaming.PLAIN, 10, false);
    assertThat(told().getEnd()).isEqualTo(HotKeysEnd.TOLD);
    await().until(() -> looks("told") == 1);
    assertThat(redis.asked("SCAN")).isEmpty();
  }

  @Test
  void hashesOrDropsNamesAsTheTargetAsks() {
    takesCensus(KeyNaming.DROPPED, 10, false);
    assertThat(told().getKeys())
        .allSatisfy(
            key -> {
              assertThat(key.getKey()).isNull();
              assertThat(key.getPrefix()).isEqualTo("hotkey:");
            });
    scans.clear();
    takesCensus(new KeyNaming(KeyNaming.Policy.HASH, Optional.empty()), 10, false);
    assertThat(told().getKeys()).allSatisfy(key -> assertThat(key.getKey()).startsWith("hmac:"));
  }

  @Test
  void saysThatAnotherSessionIsUnderWayAndGoesOnWithTheKeys() {
    hotKeys.answer(List.of("START", "METRICS", "1", "CPU"));
    takesCensus(KeyNaming.PLAIN, 10, true);
    assertThat(told().getEnd()).isEqualTo(HotKeysEnd.BUSY);
    assertThat(told().getKeys()).isEmpty();
    await().until(() -> scans.size() == 2);
    assertThat(scans.get(1).getCensus().getEnd()).isEqualTo(SliceEnd.COMPLETE);
    assertThat(hotKeys.isActive()).isTrue();
  }

  @Test
  void asksNoServerThatHasNoHotKeys() {
    for (String other :
        List.of(
            "redis_version:8.4.1\r\n",
            "redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:9.0.0\r\n")) {
      scans.clear();
      version = other;
      takesCensus(KeyNaming.PLAIN, 10, true);
      await().until(() -> scans.size() == 1);
      assertThat(scans.get(0).getHotKeys()).isNull();
    }
    assertThat(redis.asked("HOTKEYS")).isEmpty();
  }

  @Test
  void asksNobodyUnlessItIsWanted() {
    takesCensus(KeyNaming.PLAIN, KeyCensus.DEFAULTS.hotKeys(), true);
    await().until(() -> scans.size() == 1);
    assertThat(redis.asked("HOTKEYS")).isEmpty();
  }
}
