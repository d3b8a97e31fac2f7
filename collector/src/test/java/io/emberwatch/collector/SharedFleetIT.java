package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.SampleLog.Seen;
import io.emberwatch.collector.fleet.SharedDefinition;
import io.emberwatch.collector.fleet.TargetsTopic;
import io.emberwatch.embedded.broker.EmbeddedBroker;
import io.emberwatch.embedded.process.ChildProcess;
import io.emberwatch.embedded.registry.EmbeddedRegistry;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.kafka.RegistrySettings;
import io.emberwatch.schemas.TargetDefinition;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import io.emberwatch.schemas.topic.TopicAdmin;
import io.emberwatch.schemas.topic.TopicSizing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three collectors, each a process, share a fleet; one is killed and one is stopped for longer than
 * its session. The figures of issue 3 are those of a longer run: {@code
 * -Demberwatch.fleet.targets=1000 -Demberwatch.fleet.interval=10 -Demberwatch.fleet.takeover=10
 * -Demberwatch.fleet.pause=60}.
 */
class SharedFleetIT {

  private static final Logger LOG = LoggerFactory.getLogger(SharedFleetIT.class);
  private static final int TARGETS = Integer.getInteger("emberwatch.fleet.targets", 120);
  private static final Duration INTERVAL = seconds("interval", 2);
  private static final Duration TAKEOVER = seconds("takeover", 7);
  private static final Duration PAUSE = seconds("pause", 9);

  /** What a machine with two busy cores may add to what the collectors promise. */
  private static final Duration BUSY = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(60).plus(TAKEOVER).plus(INTERVAL);

  @TempDir private static Path folder;

  private final Map<String, ChildProcess> collectors = new LinkedHashMap<>();
  private EmbeddedBroker broker;
  private EmbeddedRegistry registry;
  private FakeRedisFleet servers;
  private SampleLog samples;
  private TargetsTopic topic;

  private static Duration seconds(String name, int fallback) {
    return Duration.ofSeconds(Integer.getInteger("emberwatch.fleet." + name, fallback));
  }

  @BeforeEach
  void start() {
    servers = FakeRedisFleet.start(TARGETS);
    registry = EmbeddedRegistry.start(EmbeddedRegistry.Settings.in(folder.resolve("registry")));
    broker =
        EmbeddedBroker.start(
            EmbeddedBroker.Settings.in(folder.resolve("broker"))
                .with("group.min.session.timeout.ms", "1000"));
    KafkaSettings kafka = KafkaSettings.plain(broker.bootstrapServers());
    SchemaRegistryClient ids =
        SchemaRegistryClient.of(RegistrySettings.plain(registry.url()).properties());
    try (Admin admin = Admin.create(new ClientProperties(kafka).admin("it"))) {
      new TopicAdmin(admin, Duration.ofSeconds(60)).create(TopicSizing.replicated(1));
    }
    topic = new TargetsTopic(kafka, ids, Duration.ofSeconds(30));
    samples = SampleLog.start(kafka, ids);
  }

  @AfterEach
  void stop() throws IOException {
    collectors.values().forEach(ChildProcess::kill);
    samples.close();
    broker.close();
    registry.close();
    servers.close();
  }

  @Test
  void targetsOfADeadOrStoppedCollectorAreTakenOverInTime() throws Exception {
    SortedMap<String, TargetDefinition> definitions =
        SharedDefinition.split(document(), Instant.now());
    topic.write(definitions.values(), List.of());
    List.of("one", "two", "three").forEach(this::startCollector);
    awaitAllPolledBy(Set.of("one", "two", "three"));

    Instant killed = Instant.now();
    Set<String> ofOne = samples.targetsOf("one", killed.minus(INTERVAL.multipliedBy(2)));
    collector("one").kill();
    awaitAllPolledBy(Set.of("two", "three"));
    assertTakenOver("killed", samples.gaps(ofOne, killed));

    Instant stopped = Instant.now();
    Set<String> ofTwo = samples.targetsOf("two", stopped.minus(INTERVAL.multipliedBy(2)));
    signal("STOP", "two");
    await().pollDelay(PAUSE).atMost(PAUSE.plus(PATIENCE)).until(() -> true);
    Instant continued = Instant.now();
    assertThat(samples.after(stopped.plusMillis(200)))
        .extracting(Seen::collector)
        .containsOnly("three");
    signal("CONT", "two");
    awaitAllPolledBy(Set.of("two", "three"));
    assertTakenOver("stopped", samples.gaps(ofTwo, stopped));

    assertNobodyPollsWhatAnotherPolls(continued);
    assertThat(samples.all()).extracting(Seen::state).doesNotContain(TargetState.RETIRED);
    retireOne(definitions.firstKey());
  }

  private void assertTakenOver(String what, List<Duration> gaps) {
    Duration longest = gaps.get(gaps.size() - 1);
    LOG.info(
        "event=takeover after={} targets={} interval={} takeover={} gap_p50_ms={} gap_max_ms={}",
        what,
        gaps.size(),
        INTERVAL,
        TAKEOVER,
        gaps.get(gaps.size() / 2).toMillis(),
        longest.toMillis());
    assertThat(gaps).isNotEmpty();
    assertThat(longest).isLessThanOrEqualTo(TAKEOVER.plus(INTERVAL).plus(BUSY));
  }

  /**
   * Two samples of two collectors within an interval are a handover; there and back is a quarrel.
   */
  private void assertNobodyPollsWhatAnotherPolls(Instant continued) {
    List<SampleLog.Handover> doubled = samples.handoversWithin(INTERVAL);
    doubled.forEach(
        one ->
            LOG.info(
                "event=duplicate target={} from={} to={} apart_ms={} after_continue_ms={}",
                one.target(),
                one.from(),
                one.to(),
                one.apart().toMillis(),
                Duration.between(continued, one.at()).toMillis()));
    LOG.info("event=duplicates count={} samples={}", doubled.size(), samples.all().size());
    assertThat(samples.quarrels(INTERVAL.multipliedBy(2))).isEmpty();
  }

  private void retireOne(String id) {
    topic.write(List.of(), List.of(id));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(samples.all())
                    .filteredOn(seen -> seen.state() == TargetState.RETIRED)
                    .extracting(Seen::target)
                    .containsExactly(id));
  }

  private void awaitAllPolledBy(Set<String> expected) {
    Instant begin = Instant.now();
    await("all polled by " + expected)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              List<Seen> recent = samples.after(begin);
              assertThat(recent.stream().map(Seen::target).distinct()).hasSize(TARGETS);
              assertThat(recent.stream().map(Seen::collector).collect(Collectors.toSet()))
                  .containsAll(expected);
            });
  }

  private ConfigReader document() {
    List<String> groups = new ArrayList<>();
    for (int port : servers.ports()) {
      groups.add("  g-%d: {instances: [\"127.0.0.1:%d\"]}".formatted(port, port));
    }
    return ConfigReader.ofYaml(
        "fleet.yaml",
        "fleet: it\ndefaults: {poll-interval: %ds}\ngroups:\n%s\n"
            .formatted(INTERVAL.toSeconds(), String.join("\n", groups)));
  }

  private void startCollector(String id) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("collector-id", id);
    settings.put("targets-source", "topic");
    settings.put("targets-topic.takeover", TAKEOVER.toSeconds() + "s");
    settings.put("kafka.bootstrap-servers", broker.bootstrapServers());
    settings.put("schema-registry.schema.registry.url", registry.url());
    settings.put("topics.create", "false");
    settings.put("admin.port", "0");
    settings.put("publish.spool-folder", folder.resolve("spool-" + id).toString());
    List<String> arguments = new ArrayList<>();
    settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    List<String> jvm = List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    Path log = folder.resolve(id + ".log");
    collectors.put(id, ChildProcess.java(CollectorCommand.class, jvm, arguments, log));
  }

  private ChildProcess collector(String id) {
    return Objects.requireNonNull(collectors.get(id), id);
  }

  private void signal(String name, String id) throws Exception {
    String pid = Long.toString(collector(id).pid());
    Process kill = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }
}
