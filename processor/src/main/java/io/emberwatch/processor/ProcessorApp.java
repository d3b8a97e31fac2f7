package io.emberwatch.processor;

import io.emberwatch.processor.topology.DeadLetters;
import io.emberwatch.processor.topology.ProcessorTopology;
import io.emberwatch.processor.topology.StreamsProperties;
import io.emberwatch.runtime.admin.AdminServer;
import io.emberwatch.runtime.admin.Metrics;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.Service;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import io.emberwatch.schemas.topic.TopicAdmin;
import io.emberwatch.schemas.topic.TopicSizing;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The processor as a service: creates the topics, starts Kafka Streams, answers the admin endpoint.
 * It is ready when Streams runs, which is after its stores are restored.
 */
public final class ProcessorApp implements Service {

  /** Creating topics includes the wait for each partition's leader. */
  private static final Duration TOPICS_TIMEOUT = Duration.ofSeconds(60);

  /** Scrapes are cut off, not waited for. */
  private static final Duration ADMIN_CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final ProcessorConfig config;
  private final Clock clock;
  private final ShutdownSequence shutdown = new ShutdownSequence();
  private final CompletableFuture<Void> termination = new CompletableFuture<>();
  private volatile @Nullable RunningStreams streams;
  private volatile @Nullable AdminServer admin;

  public ProcessorApp(ProcessorConfig config) {
    this.config = config;
    this.clock = Clock.systemUTC();
  }

  @Override
  public String name() {
    return "processor";
  }

  @Override
  public void start() throws Exception {
    Metrics metrics =
        shutdown.add("metrics", ADMIN_CLOSE_TIMEOUT, Metrics.create(name(), Map.of()));
    admin =
        shutdown.add(
            "admin", ADMIN_CLOSE_TIMEOUT, AdminServer.start(config.admin(), metrics, this::checks));
    createTopics();
    SchemaIds ids = SchemaRegistryClient.of(config.registry().properties());
    DeadLetters deadLetters = new DeadLetters(ids, metrics.registry(), clock);
    Map<String, Object> properties = StreamsProperties.of(config, deadLetters);
    Topology topology =
        new ProcessorTopology(config, new StreamsConfig(properties), ids, metrics.registry(), clock)
            .get();
    RunningStreams started =
        new RunningStreams(topology, properties, metrics.registry(), clock, termination);
    streams = started;
    // The thread limit is Streams' own; the step's covers the rest of its close.
    shutdown.add(
        "streams",
        config.closeTimeout().plus(ADMIN_CLOSE_TIMEOUT),
        () -> started.close(config.closeTimeout()));
    started.start();
  }

  @Override
  public List<Check> checks() {
    RunningStreams running = streams;
    return running == null
        ? List.of(new Check("streams", false, "not started", clock.instant()))
        : List.of(running.check());
  }

  /** Ends when Streams gives up. */
  @Override
  public CompletableFuture<Void> termination() {
    return termination;
  }

  /** Where the admin endpoint answers, once started. */
  public URI adminUri() {
    AdminServer running = admin;
    if (running == null) {
      throw new IllegalStateException("the processor is not started");
    }
    return running.uri();
  }

  @Override
  public void close() {
    shutdown.close();
  }

  private void createTopics() {
    Map<String, Object> properties = new ClientProperties(config.kafka()).admin("processor-admin");
    try (Admin client = Admin.create(properties)) {
      new TopicAdmin(client, TOPICS_TIMEOUT)
          .create(TopicSizing.replicated(config.replicationFactor()));
    }
  }
}
