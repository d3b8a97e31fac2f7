package io.emberwatch.alerter;

import io.emberwatch.alerter.incident.IncidentIds;
import io.emberwatch.alerter.incident.IncidentMachine;
import io.emberwatch.alerter.intake.BreachConsumer;
import io.emberwatch.alerter.intake.BreachIntake;
import io.emberwatch.alerter.intake.FleetHealth;
import io.emberwatch.alerter.intake.HealthConsumer;
import io.emberwatch.alerter.intake.IntakeMetrics;
import io.emberwatch.alerter.ledger.BreachLedger;
import io.emberwatch.alerter.ledger.DecisionWriter;
import io.emberwatch.alerter.ledger.Incidents;
import io.emberwatch.alerter.ledger.TimerRunner;
import io.emberwatch.alerter.loop.Loop;
import io.emberwatch.alerter.notify.Dispatcher;
import io.emberwatch.alerter.notify.NoticeFormat;
import io.emberwatch.alerter.notify.NotifyMetrics;
import io.emberwatch.alerter.notify.ReceiverSettings;
import io.emberwatch.alerter.notify.RetryPolicy;
import io.emberwatch.alerter.publish.IncidentPublisher;
import io.emberwatch.alerter.route.Routes;
import io.emberwatch.alerter.store.Database;
import io.emberwatch.alerter.web.WebServer;
import io.emberwatch.alerter.web.fleet.HealthSource;
import io.emberwatch.runtime.admin.AdminServer;
import io.emberwatch.runtime.admin.Metrics;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.CheckState;
import io.emberwatch.runtime.lifecycle.Service;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topics;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerter, wired. It boots in this order: database and its schema, claims of dead senders taken
 * back, intake up to what was on the topic, and only then timers and senders, so that a backlog of
 * problems that are over by now pages nobody.
 */
public final class AlerterApp implements Service {

  private static final Logger LOG = LoggerFactory.getLogger(AlerterApp.class);

  /** Beyond this it is better to page about old news than to stay silent about new. */
  private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(60);

  private static final Duration TICK = Duration.ofMillis(200);

  /** The figures are counted in the tables, and nobody scrapes more often. */
  private static final Duration GAUGES_TICK = Duration.ofSeconds(5);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final Duration CLIENT_CLOSE_LIMIT = Duration.ofSeconds(15);

  private final AlerterConfig config;
  private final Clock clock;
  private final Metrics metrics = Metrics.create("alerter", Map.of());
  private final FleetHealth fleetHealth = new FleetHealth();
  private final IncidentMachine machine;
  private final DecisionWriter writer;
  private final NoticeFormat format;
  private final ShutdownSequence shutdown = new ShutdownSequence();
  private final List<CheckState> checks = new CopyOnWriteArrayList<>();

  /** Ready last of all; there from the beginning, so that the alerter is not ready before. */
  private final CheckState senders;

  private CompletableFuture<Void> termination = new CompletableFuture<>();
  private volatile @Nullable WebServer web;
  private boolean closed;

  public AlerterApp(AlerterConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.machine =
        new IncidentMachine(config.incidents(), new IncidentIds(clock, new SecureRandom()));
    this.format = new NoticeFormat(config.namespace(), config.web().publicUrl());
    this.writer = new DecisionWriter(routes(config), format);
    this.senders = check("senders");
  }

  @Override
  public String name() {
    return "alerter";
  }

  @Override
  public void start() throws Exception {
    shutdown.add("metrics", CLOSE_LIMIT, metrics);
    shutdown.add("admin", CLOSE_LIMIT, AdminServer.start(config.admin(), metrics, this::checks));
    Database database = shutdown.add("database", CLOSE_LIMIT, Database.open(config.database()));
    Incidents incidents = new Incidents(database, machine, writer, clock);
    LOG.info("event=record_opened incidents={}", incidents.countByStatus());
    SchemaIds schemas = SchemaRegistryClient.of(config.registry().properties());
    Producer<byte[], byte[]> producer = producer();
    IntakeMetrics intakeMetrics = new IntakeMetrics(metrics.registry());
    startHealth(schemas, intakeMetrics);
    startWeb(incidents);
    loop("publisher", publisher(database, producer, schemas), TICK, CLIENT_CLOSE_LIMIT);
    StoreGauges gauges = new StoreGauges(database, metrics.registry(), clock);
    loop("gauges", gauges::refresh, GAUGES_TICK, CLOSE_LIMIT);
    loop("housekeeping", new Housekeeping(database, clock)::step);
    BreachConsumer intake =
        BreachIntake.consumer(
            new BreachIntake.Clients(consumer("intake"), producer, schemas, intakeMetrics),
            database,
            new BreachLedger(machine, writer),
            check("intake"),
            clock);
    shutdown.add("intake", CLIENT_CLOSE_LIMIT, intake);
    intake.start();
    termination =
        intake
            .caughtUp()
            .completeOnTimeout(null, CATCH_UP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
            .thenRunAsync(() -> startSenders(database))
            .thenCompose(done -> intake.failure());
  }

  @Override
  public List<Check> checks() {
    List<Check> all = new ArrayList<>(checks.stream().map(CheckState::check).toList());
    WebServer server = web;
    if (server != null) {
      all.add(server.check());
    }
    return all;
  }

  @Override
  public CompletableFuture<Void> termination() {
    return termination;
  }

  @Override
  public synchronized void close() {
    closed = true;
    shutdown.close();
  }

  /**
   * Address of the pages and the REST API.
   *
   * @throws IllegalStateException before the start
   */
  public URI webUri() {
    WebServer server = web;
    if (server == null) {
      throw new IllegalStateException("the alerter has not started");
    }
    return server.uri();
  }

  /** Latest state of the fleet, filled once started. */
  public FleetHealth fleetHealth() {
    return fleetHealth;
  }

  private synchronized void startSenders(Database database) {
    if (closed) {
      return;
    }
    TimerRunner timers = new TimerRunner(database, machine, writer, clock);
    loop("timers", () -> timers.fireDue() > 0);
    NotifyMetrics notifyMetrics = new NotifyMetrics(metrics.registry());
    RetryPolicy retries = new RetryPolicy(new SecureRandom());
    for (ReceiverSettings settings : config.receivers()) {
      Dispatcher dispatcher =
          new Dispatcher(
              settings.open(format, clock),
              database,
              retries,
              settings.maxPerSecond(),
              notifyMetrics,
              clock);
      shutdown.add("receiver-" + settings.name(), CLOSE_LIMIT, dispatcher);
      dispatcher.unpark();
      for (int i = 0; i < settings.threads(); i++) {
        loop("notify-" + settings.name() + "-" + i, dispatcher::step);
      }
    }
    warnOfOrphans(database);
    senders.ok("sending to " + config.receivers().size() + " receivers");
    LOG.info("event=senders_started receivers={}", config.receivers().size());
  }

  /** Notices of receivers that were configured once: they wait, and somebody should know. */
  private void warnOfOrphans(Database database) {
    Set<String> waiting = database.transact(session -> session.outbox().waitingReceivers());
    waiting.removeAll(
        config.receivers().stream().map(ReceiverSettings::name).collect(Collectors.toSet()));
    if (!waiting.isEmpty()) {
      LOG.warn("event=receivers_missing names={} effect=notices_wait", waiting);
    }
  }

  private void startHealth(SchemaIds schemas, IntakeMetrics intakeMetrics) {
    HealthConsumer health =
        new HealthConsumer(
            consumer("health"),
            AvroSerde.of(Topics.HEALTH, schemas).deserializer(),
            fleetHealth,
            intakeMetrics);
    shutdown.add("health-consumer", CLIENT_CLOSE_LIMIT, health);
    loop("health", health::step);
  }

  private void startWeb(Incidents incidents) {
    WebServer server = new WebServer(config.web(), incidents, new TopicHealth(fleetHealth), clock);
    shutdown.add("web", CLOSE_LIMIT.plus(CLOSE_LIMIT), server);
    server.start();
    web = server;
  }

  /** What was read from the topic, as the pages ask for it. */
  private record TopicHealth(FleetHealth fleet) implements HealthSource {

    @Override
    public boolean complete() {
      return fleet.complete();
    }

    @Override
    public List<Health> all() {
      return fleet.all();
    }
  }

  private BooleanSupplier publisher(
      Database database, Producer<byte[], byte[]> producer, SchemaIds schemas) {
    return new IncidentPublisher(
            database,
            producer,
            AvroSerde.of(Topics.INCIDENTS, schemas).serializer(),
            metrics.registry())
        ::step;
  }

  private Producer<byte[], byte[]> producer() {
    return shutdown.add(
        "producer",
        CLIENT_CLOSE_LIMIT,
        new KafkaProducer<>(
            new ClientProperties(config.kafka()).producer("emberwatch-alerter"),
            new ByteArraySerializer(),
            new ByteArraySerializer()));
  }

  private Consumer<byte[], byte[]> consumer(String purpose) {
    return new KafkaConsumer<>(
        new ClientProperties(config.kafka())
            .consumer("emberwatch-alerter-" + purpose, config.groupId()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private void loop(String name, BooleanSupplier step) {
    loop(name, step, TICK, CLOSE_LIMIT);
  }

  private void loop(String name, BooleanSupplier step, Duration idle, Duration closeLimit) {
    Loop loop = new Loop(name, step, idle, closeLimit, check(name), clock);
    shutdown.add(name, closeLimit.plus(CLOSE_LIMIT), loop);
    loop.start();
  }

  private CheckState check(String component) {
    CheckState state = new CheckState(component, clock);
    checks.add(state);
    return state;
  }

  private static Routes routes(AlerterConfig config) {
    return new Routes(
        config.receivers().stream()
            .map(receiver -> new Routes.Route(receiver.name(), receiver.minSeverity()))
            .toList());
  }
}
