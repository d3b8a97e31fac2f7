package io.emberwatch.collector;

import io.emberwatch.collector.exposition.ExpositionPages;
import io.emberwatch.collector.publish.ClusterConnector;
import io.emberwatch.collector.publish.RecordPublisher;
import io.emberwatch.collector.spool.WriterSchemas;
import io.emberwatch.collector.target.DefinitionSource;
import io.emberwatch.runtime.admin.AdminServer;
import io.emberwatch.runtime.admin.Metrics;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.Service;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import io.emberwatch.schemas.topic.TopicSizing;
import io.emberwatch.schemas.topic.Topics;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The collector as a service: targets are polled, and listened to when they opted in; samples, slow
 * commands and windows of keyspace events are published. Neither starting nor running needs Kafka
 * or the registry: until they are there, records wait on disk.
 */
public final class CollectorApp implements Service {

  private static final Duration STEP = Duration.ofSeconds(5);

  private final CollectorConfig config;
  private final DefinitionSource definitions;
  private final Clock clock;
  private final ShutdownSequence resources = new ShutdownSequence();
  private final List<Supplier<Check>> checks = new CopyOnWriteArrayList<>();
  private volatile @Nullable AdminServer admin;

  /**
   * A collector that is not started.
   *
   * @param definitions what to watch; closed with the collector
   */
  public CollectorApp(CollectorConfig config, DefinitionSource definitions, Clock clock) {
    this.config = config;
    this.definitions = definitions;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "collector";
  }

  @Override
  public void start() throws Exception {
    Metrics metrics =
        resources.add(
            "metrics", STEP, Metrics.create(name(), Map.of("collector", config.collectorId())));
    AdminServer server =
        resources.add("admin", STEP, AdminServer.start(config.admin(), metrics, this::checks));
    admin = server;
    ExpositionPages pages = new ExpositionPages(config.prometheus());
    server.getWith("/scrape", pages::scrape);
    metrics.append(pages::all);
    RecordPublisher publisher = publisher(metrics);
    FleetWatch fleet =
        new FleetWatch(
            config.watch(),
            definitions,
            new PublishedPolls(publisher, pages),
            new PublishedWindows(publisher),
            scan -> publisher.offer(Topics.KEY_SCANS, scan.getInstanceId(), scan, null),
            resources,
            metrics.registry(),
            clock);
    checks.add(publisher::check);
    checks.add(publisher::spoolCheck);
    checks.addAll(fleet.checks());
    fleet.onChange(pages::watch);
    fleet.start();
  }

  @Override
  public List<Check> checks() {
    return checks.stream().map(Supplier::get).toList();
  }

  /** Address of the admin endpoint once started. */
  public URI adminUri() {
    AdminServer server = admin;
    if (server == null) {
      throw new IllegalStateException("the collector is not started");
    }
    return server.uri();
  }

  /** Polls no more, sends what was polled, and closes everything. */
  @Override
  public void close() {
    checks.clear();
    resources.close();
  }

  private RecordPublisher publisher(Metrics metrics) {
    WriterSchemas schemas = new WriterSchemas();
    Optional<TopicSizing> sizing =
        config.createTopics()
            ? Optional.of(new TopicSizing((short) config.replicationFactor(), Map.of()))
            : Optional.empty();
    ClusterConnector connector =
        new ClusterConnector(
            new ClientProperties(config.kafka()),
            "emberwatch-" + config.collectorId(),
            sizing,
            SchemaRegistryClient.of(config.registry().properties()),
            schemas);
    RecordPublisher publisher =
        new RecordPublisher(connector, schemas, config.publish(), metrics.registry(), clock);
    resources.add("publisher", config.publish().closeTimeout().plus(STEP), publisher);
    publisher.start(
        new ArrayList<>(
            List.of(
                Topics.SAMPLES,
                Topics.SLOWLOG,
                Topics.KEYSPACE_EVENTS,
                Topics.KEY_SCANS,
                Topics.CLIENTS,
                Topics.SECURITY_EVENTS,
                Topics.CONFIG)));
    return publisher;
  }
}
