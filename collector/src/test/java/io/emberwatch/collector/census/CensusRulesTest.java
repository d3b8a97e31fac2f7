package io.emberwatch.collector.census;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.key.KeyNames;
import io.emberwatch.collector.target.KeyCensus;
import io.emberwatch.collector.target.KeyNaming;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.BigKey;
import io.emberwatch.schemas.DatabaseScan;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.PrefixScan;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What a census decides and counts, without a server. */
final class CensusRulesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static KeyFacts facts(String type, long bytes, OptionalLong ttlMillis) {
    return new KeyFacts(
        type,
        bytes,
        ttlMillis,
        Optional.of("raw"),
        OptionalLong.of(8 * 86_400),
        OptionalLong.empty());
  }

  private static CensusTally tally() {
    return new CensusTally(KeyCensus.DEFAULTS, KeyNames.of(KeyNaming.PLAIN, new byte[] {1}));
  }

  @Test
  void waitsUntilNeitherLimitIsPassed() {
    Budget budget = new Budget(200, Duration.ofMillis(20));
    assertThat(budget.pause(20, Duration.ofMillis(1), Duration.ofMillis(4)))
        .as("20 keys take 100 ms")
        .isEqualTo(Duration.ofMillis(96));
    assertThat(budget.pause(20, Duration.ofMillis(10), Duration.ofMillis(10)))
        .as("10 ms take half a second")
        .isEqualTo(Duration.ofMillis(490));
    assertThat(budget.pause(1, Duration.ZERO, Duration.ofSeconds(1))).isZero();
  }

  @Test
  void callsAServerSlowWhenItsRoundTripDoubles() {
    RoundTrips pings = new RoundTrips(0);
    for (int i = 0; i < RoundTrips.WINDOW; i++) {
      pings.add(2_000);
    }
    assertThat(pings.baselineMicros()).isEqualTo(2_000);
    pings.add(50_000);
    pings.add(50_000);
    assertThat(pings.slow()).as("two stray values").isFalse();
    pings.add(4_001);
    assertThat(pings.slow()).isTrue();
    assertThat(pings.worstMicros()).isEqualTo(4_001);
  }

  @Test
  void doesNotTakeNoiseBelowAMillisecondForASlowServer() {
    RoundTrips pings = new RoundTrips(0);
    for (int i = 0; i < 20; i++) {
      pings.add(i < RoundTrips.WINDOW ? 100 : 900);
    }
    assertThat(pings.slow()).isFalse();
  }

  @Test
  void doesNotTakeASlowBeginningForNormal() {
    RoundTrips pings = new RoundTrips(2_000);
    for (int i = 0; i < RoundTrips.WINDOW; i++) {
      pings.add(20_000);
    }
    assertThat(pings.baselineMicros()).isEqualTo(3_000);
    assertThat(pings.slow()).isTrue();
  }

  @Property(tries = 200)
  void busiestMinuteIsNeverTooHighAndFoundWhenItStandsOut(
      @ForAll @Size(max = 500) List<@LongRange(min = 0, max = 300) Long> minutes,
      @ForAll @IntRange(min = 1, max = 200) int clustered) {
    BusiestMinute busiest = new BusiestMinute();
    minutes.forEach(busiest::add);
    for (int i = 0; i < clustered; i++) {
      busiest.add(1_000);
    }
    long all = (long) minutes.size() + clustered;
    busiest
        .found()
        .ifPresent(
            found -> {
              long exact =
                  found.epochMinute() == 1_000
                      ? clustered
                      : minutes.stream().filter(m -> m == found.epochMinute()).count();
              assertThat(found.keys()).isBetween(exact - all / BusiestMinute.COUNTERS, exact);
            });
    if (clustered > all / 2) {
      assertThat(busiest.found().orElseThrow().epochMinute()).isEqualTo(1_000);
    }
  }

  @Test
  void countsByPrefixAndTypeAndExtrapolatesByDatabase() {
    CensusTally tally = tally();
    for (int i = 0; i < 10; i++) {
      OptionalLong ttl = i < 8 ? OptionalLong.of(60_000) : OptionalLong.empty();
      tally.add(
          0, ("user:" + i).getBytes(UTF_8), facts("hash", 100 + i, ttl), OptionalLong.of(i), NOW);
    }
    tally.add(
        0,
        "list:1".getBytes(UTF_8),
        facts("list", 1 << 20, OptionalLong.empty()),
        OptionalLong.empty(),
        NOW);
    List<PrefixScan> scans = tally.prefixes(List.of(new DatabaseScan(0, 110L, 11L, false)));
    assertThat(scans).extracting(PrefixScan::getPrefix).containsExactly("list:", "user:");
    PrefixScan users = scans.get(1);
    assertThat(users.getKeys()).isEqualTo(10);
    assertThat(users.getKeysEstimated()).isEqualTo(100);
    assertThat(users.getMemoryBytes()).isEqualTo(1_045);
    assertThat(users.getMemoryBytesEstimated()).isEqualTo(10_450);
    assertThat(users.getKeysWithExpiry()).isEqualTo(8);
    assertThat(users.getBusiestExpiryMinute()).isEqualTo(NOW.plusSeconds(60));
    assertThat(users.getBusiestExpiryKeys()).isEqualTo(8);
    assertThat(users.getTypes())
        .singleElement()
        .satisfies(
            type -> {
              assertThat(type.getType()).isEqualTo("hash");
              assertThat(type.getMemoryHistogram()).hasSize(7).endsWith(10L);
              assertThat(type.getEncodings()).isEqualTo(Map.of("raw", 10L));
              assertThat(type.getMaxElements()).isEqualTo(9);
              assertThat(type.getIdleKeys()).isEqualTo(10);
              assertThat(type.getBiggest().getKey()).isEqualTo("user:9");
            });
    assertThat(tally.biggest()).extracting(BigKey::getKey).startsWith("list:1", "user:9", "user:8");
  }

  @Test
  void staysBoundedUnderEndlessPrefixesTypesAndKeys() {
    CensusTally tally = tally();
    for (int i = 0; i < 20_000; i++) {
      KeyFacts facts = facts("type" + i % 40, i, OptionalLong.of(i * 60_000L));
      tally.add(
          i % 3, ("p" + i % 5_000 + ":" + i).getBytes(UTF_8), facts, OptionalLong.empty(), NOW);
    }
    List<PrefixScan> scans = tally.prefixes(List.of());
    assertThat(scans).hasSizeLessThanOrEqualTo(103);
    assertThat(scans.stream().mapToLong(PrefixScan::getKeys).sum()).isEqualTo(20_000);
    assertThat(scans).allSatisfy(scan -> assertThat(scan.getTypes()).hasSizeLessThanOrEqualTo(13));
    assertThat(tally.biggest()).hasSize(20);
    assertThat(tally.biggest().get(0).getMemoryBytes()).isEqualTo(19_999);
  }

  @Test
  void goesThroughTheDatabasesAndResumesAtItsCursor() {
    CensusPass pass = CensusPass.first("run", NOW, tally());
    pass.sliceBegins(new TreeMap<>(Map.of(1, 3L, 4, 1L)));
    assertThat(pass.db()).isEqualTo(1);
    pass.scanned(List.of("17".getBytes(UTF_8), List.of("a".getBytes(UTF_8), "b".getBytes(UTF_8))));
    assertThat(pass.take(1)).hasSize(1);
    pass.lookedAt();
    pass.sliceBegins(new TreeMap<>(Map.of(1, 3L, 4, 1L)));
    assertThat(pass.take(10)).as("what was left").hasSize(1);
    pass.lookedAt();
    assertThat(pass.cursor()).isEqualTo("17");
    pass.scanned(List.of("0".getBytes(UTF_8), List.of("c".getBytes(UTF_8))));
    assertThat(pass.moveOn()).as("a key is waiting").isFalse();
    pass.take(10);
    pass.lookedAt();
    assertThat(pass.moveOn()).isTrue();
    assertThat(pass.db()).isEqualTo(4);
    assertThat(pass.sampledShare()).isEqualTo(0.75);
    pass.scanned(List.of("0".getBytes(UTF_8), List.of("d".getBytes(UTF_8))));
    pass.take(10);
    pass.lookedAt();
    pass.moveOn();
    assertThat(pass.isDone()).isTrue();
    assertThat(pass.databases())
        .containsExactly(new DatabaseScan(1, 3L, 3L, true), new DatabaseScan(4, 1L, 1L, true));
  }

  @Test
  void aPassThatTookTooLongGoesOnWhereItWasAndSaysThatItSawAPart() {
    CensusPass pass = CensusPass.first("run", NOW, tally());
    pass.sliceBegins(new TreeMap<>(Map.of(0, 9L)));
    pass.scanned(List.of("5".getBytes(UTF_8), List.of()));
    CensusPass next = pass.next(NOW, tally());
    next.sliceBegins(new TreeMap<>(Map.of(0, 9L)));
    assertThat(next.cursor()).isEqualTo("5");
    next.scanned(List.of("0".getBytes(UTF_8), List.of()));
    assertThat(next.databases().get(0).getComplete()).isFalse();
  }

  @Test
  void takesAnyAnswerOfAHostileServer() {
    CensusPass pass = CensusPass.first("run", NOW, tally());
    pass.sliceBegins(new TreeMap<>(Map.of(0, 9L)));
    for (Object second : new Object[] {1L, List.of(1L, List.of()), new byte[0]}) {
      pass.scanned(List.of("9".repeat(99).getBytes(UTF_8), second));
    }
    pass.scanned(List.of());
    assertThat(pass.cursor()).hasSizeLessThanOrEqualTo(20);
    Optional<Object> nil = Optional.empty();
    Optional<Object> text = Optional.of("x".repeat(999).getBytes(UTF_8));
    assertThat(KeyFacts.read(List.of(nil, nil, nil, nil, nil), false)).isEmpty();
    assertThat(KeyFacts.read(List.of(text, text, text, text, text), false)).isEmpty();
    assertThat(KeyFacts.read(List.of(text, nil, Optional.of(7L), text, Optional.of(-3L)), true))
        .hasValueSatisfying(
            facts -> {
              assertThat(facts.type()).hasSize(64);
              assertThat(facts.frequency()).isEmpty();
            });
  }

  @Test
  void takesTheCensusOfAGroupOnAReplicaThatIsUp() {
    Target primary = Target.of("f", "g", "a", 1);
    Target replica = Target.of("f", "g", "b", 1);
    Target second = Target.of("f", "g", "c", 1);
    Target other = Target.of("f", "h", "d", 1);
    List<Target> all = List.of(primary, replica, second, other);
    GroupMembers members = new GroupMembers();
    assertThat(all).as("nothing is known").noneMatch(t -> members.isTurnOf(t, all));
    members.observe(sample(primary, Role.PRIMARY, TargetState.UP));
    assertThat(turns(members, all)).containsExactly(primary);
    members.observe(sample(replica, Role.REPLICA, TargetState.UP));
    members.observe(sample(second, Role.REPLICA, TargetState.UP));
    members.observe(sample(other, Role.PRIMARY, TargetState.UP));
    assertThat(turns(members, all)).containsExactly(replica, other);
    members.observe(sample(replica, Role.UNKNOWN, TargetState.UNREACHABLE));
    assertThat(turns(members, all)).containsExactly(second, other);
  }

  private static List<Target> turns(GroupMembers members, List<Target> all) {
    return all.stream().filter(target -> members.isTurnOf(target, all)).toList();
  }

  private static InstanceSample sample(Target target, Role role, TargetState state) {
    InstanceSample sample = new InstanceSample();
    sample.setInstanceId(target.instanceId());
    sample.setRole(role);
    sample.setState(state);
    return sample;
  }

  @Property(tries = 200)
  void readsAnyInfo(@ForAll byte[] info) {
    assertThat(ServerState.read(Arrays.copyOf(info, info.length))).isEmpty();
  }
}
