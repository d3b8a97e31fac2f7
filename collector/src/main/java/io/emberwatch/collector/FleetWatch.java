package io.emberwatch.collector;

import io.emberwatch.collector.census.CensusPublisher;
import io.emberwatch.collector.census.KeyCensuses;
import io.emberwatch.collector.connect.ClientCertificates;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.discover.DiscoveredTargets;
import io.emberwatch.collector.discover.Discoverers;
import io.emberwatch.collector.discover.TopologyHints;
import io.emberwatch.collector.key.NamePolicies;
import io.emberwatch.collector.keyspace.KeyspaceSubscriptions;
import io.emberwatch.collector.keyspace.PrimaryTargets;
import io.emberwatch.collector.keyspace.WindowPublisher;
import io.emberwatch.collector.schedule.PollResult;
import io.emberwatch.collector.schedule.PollSink;
import io.emberwatch.collector.schedule.Poller;
import io.emberwatch.collector.schedule.WatchSettings;
import io.emberwatch.collector.sentinel.SentinelSubscriptions;
import io.emberwatch.collector.subscribe.Timing;
import io.emberwatch.collector.target.DefinitionSource;
import io.emberwatch.collector.target.Target;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All of a collector but Kafka: what is asked for is found, polled and, where it opted in or is a
 * sentinel, listened to; what the polls see leads the search and the subscriptions.
 */
final class FleetWatch {

  /** A connect is given up by its poll's deadline; this bounds what Lettuce keeps behind it. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration STEP = Duration.ofSeconds(5);

  private final WatchSettings settings;
  private final MeterRegistry registry;
  private final Clock clock;
  private final NamePolicies policies = new NamePolicies(new SecureRandom());
  private final DefinitionSource definitions;
  private final RedisConnector connector;
  private final DiscoveredTargets targets;
  private final TopologyHints hints;
  private final PrimaryTargets primaries;
  private final SentinelSubscriptions sentinels;
  private final KeyCensuses censuses;
  private final Poller poller;
  private final ClientCertificates certificates;
  private final Retirements retirements;

  /**
   * Watches nothing yet.
   *
   * @param definitions closed with the rest
   * @param resources closes what is opened here
   */
  FleetWatch(
      WatchSettings settings,
      DefinitionSource definitions,
      PollSink polls,
      WindowPublisher windows,
      CensusPublisher scans,
      ShutdownSequence resources,
      MeterRegistry registry,
      Clock clock) {
    this.settings = settings;
    this.registry = registry;
    this.clock = clock;
    this.definitions = definitions;
    connector =
        resources.add("redis", STEP, new RedisConnector(settings.collectorId(), CONNECT_TIMEOUT));
    KeyspaceSubscriptions keyspace = resources.add("keyspace", STEP.plus(STEP), keyspace(windows));
    primaries = resources.add("primaries", STEP, new PrimaryTargets(keyspace::watch));
    targets = new DiscoveredTargets(definitions, new Discoverers(connector), registry, clock);
    hints = new TopologyHints(targets::hint);
    sentinels = resources.add("sentinels", STEP, sentinels());
    censuses = resources.add("census", STEP, censuses(scans));
    PollSink sink =
        new LeasedPolls(
            new SentinelPolls(
                new ObservedPolls(polls, List.of(hints, primaries, censuses::observe)), sentinels),
            definitions::isInForce);
    poller =
        resources.add(
            "poller", STEP, new Poller(settings, connector, keyspace, sink, registry, clock));
    resources.add("targets", STEP, targets);
    certificates = new ClientCertificates(targets::targets, clock);
    Gauge.builder(
            "emberwatch.collector.client.certificate.left.seconds",
            certificates,
            ClientCertificates::secondsLeft)
        .description("until the first of the collector's own certificates ends; NaN: none")
        .register(registry);
    retirements =
        new Retirements(
            settings.collectorId(),
            sample -> polls.accept(new PollResult(sample, List.of())),
            registry,
            clock);
    definitions.register(registry);
    Gauge.builder("emberwatch.collector.targets.problems", definitions, DefinitionSource::problems)
        .description("problems of the targets as they are written; 0 when they are in force")
        .register(registry);
  }

  void start() {
    definitions.onRetired(retirements::retire);
    definitions.onChange(retirements::define);
    retirements.define(definitions.definitions());
    targets.onChange(this::watch);
    watch(targets.targets());
    targets.start();
  }

  /** Calls the listener with all targets after each change. */
  void onChange(Consumer<List<Target>> listener) {
    targets.onChange(listener);
  }

  /** What is polled now. */
  List<Target> targets() {
    return targets.targets();
  }

  List<Supplier<Check>> checks() {
    return List.of(definitions::check, targets::check, certificates::check, poller::check);
  }

  private void watch(List<Target> snapshot) {
    hints.keep(snapshot.stream().map(Target::instanceId).toList());
    sentinels.watch(snapshot);
    poller.watch(snapshot);
    primaries.watch(snapshot);
    censuses.watch(snapshot);
    // Last: nothing of a target may follow the sample that retires it.
    retirements.watch(snapshot);
  }

  private KeyspaceSubscriptions keyspace(WindowPublisher windows) {
    return new KeyspaceSubscriptions(
        settings.collectorId(),
        connector::listen,
        windows,
        policies,
        Timing.DEFAULT,
        registry,
        new Random(),
        clock);
  }

  private KeyCensuses censuses(CensusPublisher scans) {
    return new KeyCensuses(
        settings.collectorId(), connector::connect, scans, policies, registry, new Random(), clock);
  }

  private SentinelSubscriptions sentinels() {
    return new SentinelSubscriptions(
        connector::listen,
        Timing.DEFAULT,
        sentinel -> targets.hint(sentinel.instanceId()),
        registry,
        new Random(),
        clock);
  }
}
