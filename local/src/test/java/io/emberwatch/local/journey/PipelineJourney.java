package io.emberwatch.local.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.local.demo.DemoSettings;
import io.emberwatch.local.demo.WebhookInbox;
import io.emberwatch.local.journey.AlerterDatabase.IncidentRow;
import io.emberwatch.local.pipeline.RunningServices;
import io.emberwatch.local.pipeline.ServiceSettings;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import io.emberwatch.schemas.topic.TopicAdmin;
import io.emberwatch.schemas.topic.TopicSizing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The way from a real server to a page, with the three services in this JVM and all servers outside
 * of them real. Rules wait a hundredth of their time, as in the demo; thresholds are the shipped
 * ones. Servers and services are started once, since the pairs are groups of their own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PipelineJourney {

  private static final String FLEET = "journey";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(70);

  private final ShutdownSequence resources = new ShutdownSequence();
  private Servers servers;
  private WebhookInbox inbox;
  private LatestSamples samples;

  /**
   * Starts what the services need.
   *
   * @param resources takes what must be closed, at once after it was started
   * @param folder for data, deleted at the end
   */
  protected abstract Servers start(ShutdownSequence resources, Path folder) throws Exception;

  @BeforeAll
  void startPipeline(@TempDir Path folder) throws Exception {
    servers = start(resources, folder);
    inbox = resources.add("webhook", CLOSE_LIMIT, WebhookInbox.start(Clock.systemUTC()));
    ClientProperties kafka = new ClientProperties(KafkaSettings.plain(servers.bootstrapServers()));
    try (Admin admin = Admin.create(kafka.admin("journey"))) {
      new TopicAdmin(admin, PATIENCE).create(TopicSizing.uniform(1, 2));
    }
    resources.add("services", CLOSE_LIMIT, RunningServices.start(settings(folder)));
    SchemaRegistryClient registry =
        SchemaRegistryClient.of(Map.of("schema.registry.url", servers.registryUrl()));
    samples = resources.add("samples", CLOSE_LIMIT, new LatestSamples(kafka, registry));
  }

  @AfterAll
  void stop() {
    resources.close();
    assertThat(resources.clean()).as("everything stopped in time").isTrue();
  }

  Stream<RedisPair> pairs() {
    return servers.pairs().stream();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void samplesSayEngineVersionAndRole(RedisPair pair) {
    InstanceSample primary = sample(pair, pair.primary(), Role.PRIMARY);
    InstanceSample replica = sample(pair, pair.replica(), Role.REPLICA);

    assertThat(List.of(primary, replica))
        .allSatisfy(
            sample -> {
              assertThat(sample.getEngine()).isEqualTo(pair.engine());
              assertThat(sample.getVersion()).startsWith(pair.version());
              assertThat(sample.getGroup()).isEqualTo(pair.name());
              assertThat(sample.getMemory().getUsedMemory()).isPositive();
            });
    assertThat(replica.getReplication().getUpstream()).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aFullServerIsOneIncidentToldOnceAndResolved(RedisPair pair) throws Exception {
    JsonNode told;
    try (MemoryFill fault = new MemoryFill(pair.primary())) {
      fault.inject();
      told = awaitMessage("incident.triggered", pair);
    }
    String id = told.path("id").asText();
    JsonNode end = awaitMessage("incident.resolved", pair);

    assertThat(end.path("id").asText()).isEqualTo(id);
    assertThat(messages("incident.triggered", pair)).hasSize(1);
    assertThat(messages("incident.resolved", pair)).hasSize(1);
    assertThat(servers.database().memoryIncidents(pair.name()))
        .extracting(IncidentRow::id, IncidentRow::status)
        .containsExactly(tuple(id, "RESOLVED"));
  }

  private InstanceSample sample(RedisPair pair, RedisAddress address, Role role) {
    String id = FLEET + "/" + pair.name() + "/" + address;
    return await(id + " is up as " + role)
        .atMost(PATIENCE)
        .until(
            () -> samples.of(id).orElse(null),
            latest ->
                latest != null && latest.getState() == TargetState.UP && latest.getRole() == role);
  }

  private JsonNode awaitMessage(String type, RedisPair pair) {
    await(type + " of " + pair).atMost(PATIENCE).until(() -> !messages(type, pair).isEmpty());
    return messages(type, pair).get(0);
  }

  /** Incidents about the memory of a pair, as the receiver was told of them. */
  private List<JsonNode> messages(String type, RedisPair pair) {
    return inbox.messages().all().stream()
        .map(seen -> seen.what().body())
        .filter(body -> body.path("type").asText().equals(type))
        .map(body -> body.path("data").path("incident"))
        .filter(incident -> incident.path("group").asText().equals(pair.name()))
        .filter(incident -> incident.path("cause").asText().equals("memory"))
        .toList();
  }

  private ServiceSettings settings(Path folder) throws IOException {
    Map<String, List<String>> extra =
        new HashMap<>(DemoSettings.services(folder.resolve("settings"), inbox.uri()));
    List<String> alerter = new ArrayList<>(extra.getOrDefault("alerter", List.of()));
    alerter.add("database.url=" + servers.database().url());
    alerter.add("database.user=" + servers.database().user());
    alerter.add("database.password={file: \"" + passwordFile(folder) + "\"}");
    extra.put("alerter", alerter);
    return new ServiceSettings(
        servers.bootstrapServers(),
        servers.registryUrl(),
        folder.resolve("state"),
        targetsFile(folder),
        FreePorts.next(),
        extra);
  }

  private Path passwordFile(Path folder) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve("password"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, servers.database().password().reveal());
  }

  private Path targetsFile(Path folder) throws IOException {
    StringBuilder yaml = new StringBuilder("fleet: " + FLEET + "\n");
    yaml.append("defaults: {poll-interval: 1s, tier: store, keyspace-events: {enabled: true}}\n");
    yaml.append("groups:\n");
    for (RedisPair pair : servers.pairs()) {
      yaml.append("  " + pair.name() + ":\n    instances:\n");
      yaml.append("      - \"" + pair.primary() + "\"\n");
      yaml.append("      - \"" + pair.replica() + "\"\n");
    }
    return Files.writeString(folder.resolve("targets.yaml"), yaml);
  }
}
