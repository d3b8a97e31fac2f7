package io.emberwatch.collector.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.collector.target.Definitions;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetFile;
import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.schemas.TargetDefinition;
import io.emberwatch.schemas.Tier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedDefinitionTest {

  private static final String FILE =
      """
      fleet: prod
      defaults:
        poll-interval: 5s
        labels: {environment: prod}
        user: monitor
        password: {file: redis.password}
      groups:
        sessions:
          tier: store
          labels: {owner: login}
          tls: {authorities: ca.pem}
          instances:
            - 10.0.0.1
            - {address: "rediss://[2001:db8::1]:6380", labels: {zone: b}, password: {}, tls: {verify: chain}}
        shards:
          poll-interval: 1s
          discover: {cluster: ["10.0.1.1:7000", "10.0.1.2:7000"]}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(folder.resolve("redis.password"), "hidden");
    Files.writeString(folder.resolve("ca.pem"), "ca");
    Files.writeString(folder.resolve("targets.yaml"), FILE);
  }

  /** No setting is known to the way over the topic, so none can be lost on it. */
  @Test
  void givesTheTargetsOfTheFileAgain() {
    Definitions file = TargetFile.read(folder.resolve("targets.yaml"));
    List<Target> targets = new ArrayList<>();
    List<String> discoveries = new ArrayList<>();
    split()
        .forEach(
            (id, record) -> {
              Definitions one = SharedDefinition.read(id, record, folder);
              targets.addAll(one.targets());
              one.discoveries().forEach(found -> discoveries.add(found.toString()));
            });

    assertThat(targets).containsExactlyInAnyOrderElementsOf(file.targets());
    assertThat(discoveries).containsExactly(file.discoveries().get(0).toString());
  }

  @Test
  void tellsAnalyticsWhatItIs() {
    SortedMap<String, TargetDefinition> records = split();

    assertThat(records)
        .containsOnlyKeys(
            "prod/sessions/10.0.0.1:6379", "prod/sessions/[2001:db8::1]:6380", "prod/shards");
    TargetDefinition server = one(records, "prod/sessions/[2001:db8::1]:6380");
    assertThat(server.getHost()).isEqualTo("2001:db8::1");
    assertThat(server.getPort()).isEqualTo(6380);
    assertThat(server.getTier()).isEqualTo(Tier.STORE);
    assertThat(server.getLabels())
        .isEqualTo(Map.of("environment", "prod", "owner", "login", "zone", "b"));
    assertThat(server.getPollIntervalMillis()).isEqualTo(5000);
    TargetDefinition discovery = one(records, "prod/shards");
    assertThat(discovery.getHost()).isNull();
    assertThat(discovery.getPollIntervalMillis()).isEqualTo(1000);
  }

  @Test
  void holdsWhereAPasswordIsAndNeverThePassword() {
    assertThat(split().values())
        .allSatisfy(
            record ->
                assertThat(record.toString()).contains("redis.password").doesNotContain("hidden"));
  }

  @Test
  void doesNotChangeWithTheOrderInTheFile() {
    String one = "fleet: f\ngroups:\n  g: {tier: cache, labels: {a: x, b: y}, instances: [h]}\n";
    String two = "groups:\n  g: {labels: {b: y, a: x}, instances: [h], tier: cache}\nfleet: f\n";

    assertThat(split(one)).isEqualTo(split(two));
  }

  @Test
  void refusesADefinitionUnderAnotherKey() {
    TargetDefinition record = one(split(), "prod/shards");

    assertThatThrownBy(() -> SharedDefinition.read("prod/other", record, folder))
        .hasMessageContaining("prod/shards")
        .hasMessageContaining("prod/other");
  }

  @Test
  void refusesAFileWithAProblemAsAWhole() {
    assertThatThrownBy(() -> split(FILE + "colour: red\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("colour");
  }

  @Test
  void comparesWithoutTheTimeOfWriting() {
    SortedMap<String, TargetDefinition> before = split();
    SortedMap<String, TargetDefinition> wanted =
        SharedDefinition.split(
            reader(FILE.replace("10.0.0.1\n", "10.0.0.3\n").replace("1s", "2s")),
            Instant.ofEpochSecond(99));
    before.put("other/g/h:1", TargetDefinition.newBuilder(one(before, "prod/shards")).build());
    TargetsTopic.Contents present =
        new TargetsTopic.Contents(before, new TreeMap<>(Map.of("prod/bad/h:1", "UNREADABLE")));

    TargetsPlan plan = TargetsPlan.between(present, wanted);

    assertThat(plan.added())
        .extracting(TargetDefinition::getTargetId)
        .containsExactly("prod/sessions/10.0.0.3:6379");
    assertThat(plan.changed())
        .extracting(change -> change.after().getTargetId())
        .containsExactly("prod/shards");
    assertThat(plan.surplus()).containsExactly("prod/bad/h:1", "prod/sessions/10.0.0.1:6379");
    assertThat(plan.unchanged()).isEqualTo(1);
  }

  private SortedMap<String, TargetDefinition> split() {
    return split(FILE);
  }

  private SortedMap<String, TargetDefinition> split(String yaml) {
    return SharedDefinition.split(reader(yaml), Instant.EPOCH);
  }

  private ConfigReader reader(String yaml) {
    return ConfigReader.ofYaml(folder.resolve("targets.yaml").toString(), yaml).forElsewhere();
  }

  private static TargetDefinition one(Map<String, TargetDefinition> records, String id) {
    TargetDefinition found = records.get(id);
    if (found == null) {
      throw new AssertionError(id + " is not in " + records.keySet());
    }
    return found;
  }
}
