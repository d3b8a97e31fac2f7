package io.emberwatch.collector.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.target.PrefixRule.BySeparator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/targets.md says is so. */
final class TargetsGuideTest {

  @TempDir Path folder;
  private String guide = "";

  @BeforeEach
  void readsTheGuide() throws Exception {
    guide = Files.readString(Path.of("../docs/targets.md"));
  }

  private List<Target> read(String yaml) throws Exception {
    Files.writeString(folder.resolve("redis.password"), "pw");
    return TargetFile.read(Files.writeString(folder.resolve("targets.yaml"), yaml)).targets();
  }

  @Test
  void exampleIsValid() throws Exception {
    Matcher block = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL).matcher(guide);
    assertThat(block.find()).isTrue();
    assertThat(read(block.group(1)))
        .extracting(Target::instanceId)
        .containsExactly(
            "prod/sessions/10.0.0.1:6379",
            "prod/sessions/10.0.0.2:6380",
            "prod/sessions/[2001:db8::1]:6379",
            "prod/payments/payments-1.example:6379",
            "prod/payments/payments-2.example:6379");
  }

  @Test
  void defaultsAreThoseOfTheTable() throws Exception {
    Target bare = read("fleet: f\ngroups: {g: {instances: [h]}}").get(0);
    assertThat(bare.pollInterval()).isEqualTo(Duration.ofSeconds(15));
    assertThat(bare).isEqualTo(Target.of("f", "g", "h", 6379));
    Target spelledOut =
        read("""
        fleet: f
        groups:
          g:
            poll-interval: %s
            tier: %s
            key-names: %s
            keyspace-events:
              enabled: %s
              prefix-separator: "%s"
              max-prefixes: %s
              sampled-keys: %s
              window: %s
            key-census:
              enabled: %s
              keys-per-second: %s
              millis-per-second: %s
              interval: %s
              slice: %s
              pass: %s
              biggest: %s
              hot-keys: %s
            clients: {enabled: %s, max-connected: %s, top: %s}
            instances: [h]
        """
                .formatted(
                    stated("poll-interval"),
                    stated("tier"),
                    stated("key-names"),
                    stated("keyspace-events.enabled"),
                    stated("keyspace-events.prefix-separator"),
                    stated("keyspace-events.max-prefixes"),
                    stated("keyspace-events.sampled-keys"),
                    stated("keyspace-events.window"),
                    stated("key-census.enabled"),
                    stated("key-census.keys-per-second"),
                    stated("key-census.millis-per-second"),
                    stated("key-census.interval"),
                    stated("key-census.slice"),
                    stated("key-census.pass"),
                    stated("key-census.biggest"),
                    stated("key-census.hot-keys"),
                    stated("clients.enabled"),
                    stated("clients.max-connected"),
                    stated("clients.top")))
            .get(0);
    assertThat(spelledOut).isEqualTo(bare);
    assertThat(
            read("fleet: f\ngroups: {g: {keyspace-events: {enabled: true}, instances: [h]}}")
                .get(0)
                .keyspaceEvents())
        .contains(
            new KeyspaceEvents(
                new PrefixRules(
                    List.of(),
                    new BySeparator(stated("keyspace-events.prefix-separator"), 1),
                    Integer.parseInt(stated("keyspace-events.max-prefixes"))),
                Integer.parseInt(stated("keyspace-events.sampled-keys")),
                KeyNaming.DROPPED,
                Duration.ofSeconds(1)));
  }

  @Test
  void defaultsOfAKeyCensusAreThoseOfTheTable() throws Exception {
    assertThat(
            read("fleet: f\ngroups: {g: {key-census: {enabled: true}, instances: [h]}}")
                .get(0)
                .keyCensus())
        .contains(
            new KeyCensus(
                Integer.parseInt(stated("key-census.keys-per-second")),
                Duration.ofMillis(Long.parseLong(stated("key-census.millis-per-second"))),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                Duration.ofHours(6),
                Integer.parseInt(stated("key-census.biggest")),
                Integer.parseInt(stated("key-census.hot-keys")),
                PrefixRules.DEFAULTS,
                KeyNaming.DROPPED));
    assertThat(stated("key-census.interval")).isEqualTo("5m");
    assertThat(stated("key-census.slice")).isEqualTo("1m");
    assertThat(stated("key-census.pass")).isEqualTo("6h");
  }

  private String stated(String key) {
    Matcher row =
        Pattern.compile("\\| `" + Pattern.quote(key) + "` \\| `([^`]+)` \\|").matcher(guide);
    assertThat(row.find()).as(key).isTrue();
    return row.group(1);
  }
}
