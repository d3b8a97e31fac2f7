package io.emberwatch.collector;

import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.discover.DiscoveredTargets;
import io.emberwatch.collector.discover.Discoverers;
import io.emberwatch.collector.keyspace.KeyspaceSubscriptions;
import io.emberwatch.collector.publish.RecordPublisher;
import io.emberwatch.collector.schedule.NotificationSource;
import io.emberwatch.collector.schedule.PollSink;
import io.emberwatch.collector.schedule.Poller;
import io.emberwatch.collector.sentinel.SentinelSubscriptions;
import io.emberwatch.collector.subscribe.Timing;
import io.emberwatch.collector.target.DefinitionSource;
import io.emberwatch.runtime.admin.AdminServer;
import io.emberwatch.runtime.admin.Metrics;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.Service;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import io.emberwatch.schemas.topic.TopicAdmin;
import io.emberwatch.schemas.topic.TopicSizing;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.Gauge;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The collector as a service: targets are polled, and listened to when they opted in; samples, slow
 * commands and windows of keyspace events are published. Starting needs Kafka and the registry;
 * afterwards it outlives their absence.
 */
public final class CollectorApp implements Service {

  private static final Duration TOPIC_TIMEOUT = Duration.ofSeconds(30);

  /** A connect is given up by its poll's deadline; this bounds what Lettuce keeps behind it. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Kafka's default of 32 MB is half of the collector's heap. */
  private static final long PRODUCER_BUFFER_BYTES = 8L << 20;

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
    admin = resources.add("admin", STEP, AdminServer.start(config.admin(), metrics, this::checks));
    if (config.createTopics()) {
      createTopics();
    }
    RecordPublisher publisher = publisher(metrics);
    RedisConnector connector =
        resources.add("redis", STEP, new RedisConnector(config.collectorId(), CONNECT_TIMEOUT));
    KeyspaceSubscriptions subscriptions =
        resources.add("keyspace", STEP.plus(STEP), subscriptions(connector, publisher, metrics));
    DiscoveredTargets targets =
        new DiscoveredTargets(definitions, new Discoverers(connector), metrics.registry(), clock);
    SentinelSubscriptions sentinels =
        resources.add("sentinels", STEP, sentinels(connector, targets, metrics));
    PollSink sink = new SentinelPolls(new PublishedPolls(publisher), sentinels);
    Poller poller = resources.add("poller", STEP, poller(connector, subscriptions, sink, metrics));
    resources.add("targets", STEP, targets);
    Gauge.builder("emberwatch.collector.targets.problems", definitions, DefinitionSource::problems)
        .description("problems of the targets as they are written; 0 when they are in force")
        .register(metrics.registry());
    checks.addAll(List.of(publisher::check, definitions::check, targets::check, poller::check));
    targets.onChange(poller::watch);
    targets.onChange(subscriptions::watch);
    targets.onChange(sentinels::watch);
    sentinels.watch(targets.targets());
    poller.watch(targets.targets());
    subscriptions.watch(targets.targets());
    targets.start();
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

  private void createTopics() {
    try (Admin client = Admin.create(new ClientProperties(config.kafka()).admin(clientId()))) {
      TopicSizing sizing = new TopicSizing((short) config.replicationFactor(), Map.of());
      new TopicAdmin(client, TOPIC_TIMEOUT).create(sizing);
    }
  }

  private RecordPublisher publisher(Metrics metrics) {
    Map<String, Object> properties = new ClientProperties(config.kafka()).producer(clientId());
    properties.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, PRODUCER_BUFFER_BYTES);
    Producer<String, byte[]> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    SchemaRegistryClient registry = SchemaRegistryClient.of(config.registry().properties());
    RecordPublisher publisher =
        new RecordPublisher(producer, registry, config.publish(), metrics.registry(), clock);
    resources.add("publisher", config.publish().closeTimeout().plus(STEP), publisher);
    publisher.start(
        new ArrayList<>(List.of(Topics.SAMPLES, Topics.SLOWLOG, Topics.KEYSPACE_EVENTS)));
    return publisher;
  }

  private KeyspaceSubscriptions subscriptions(
      RedisConnector connector, RecordPublisher publisher, Metrics metrics) {
    return new KeyspaceSubscriptions(
        config.collectorId(),
        connector::listen,
        new PublishedWindows(publisher),
        Timing.DEFAULT,
        metrics.registry(),
        new Random(),
        clock);
  }

  private SentinelSubscriptions sentinels(
      RedisConnector connector, DiscoveredTargets targets, Metrics metrics) {
    return new SentinelSubscriptions(
        connector::listen,
        Timing.DEFAULT,
        sentinel -> targets.hint(sentinel.instanceId()),
        metrics.registry(),
        new Random(),
        clock);
  }

  private Poller poller(
      RedisConnector connector, NotificationSource notifications, PollSink sink, Metrics metrics) {
    return new Poller(config.watch(), connector, notifications, sink, metrics.registry(), clock);
  }

  private String clientId() {
    return "emberwatch-" + config.collectorId();
  }
}
