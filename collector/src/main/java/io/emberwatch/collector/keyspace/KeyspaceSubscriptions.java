package io.emberwatch.collector.keyspace;

import io.emberwatch.collector.key.NamePolicies;
import io.emberwatch.collector.schedule.NotificationSource;
import io.emberwatch.collector.subscribe.PubSubConnector;
import io.emberwatch.collector.subscribe.Subscription;
import io.emberwatch.collector.subscribe.Timing;
import io.emberwatch.collector.target.KeyspaceEvents;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetChanges;
import io.emberwatch.schemas.NotificationCounters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions of all targets that opted in to keyspace events. They follow {@link #watch};
 * their windows are closed and published by one thread. Thread-safe.
 */
public final class KeyspaceSubscriptions implements NotificationSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KeyspaceSubscriptions.class);

  /** How much longer than asked for a window may get. */
  private static final Duration TICK = Duration.ofMillis(100);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final String collectorId;
  private final WindowPublisher publisher;
  private final NamePolicies policies;
  private final RandomGenerator random;
  private final Clock clock;
  private final KeyspaceMeters meters;
  private final Subscription.Shared shared;
  private final ScheduledExecutorService timers = thread("keyspace-timers");
  private final ScheduledExecutorService closer = thread("keyspace-windows");
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /** Outlives an entry, so that a target that changes goes on counting its windows. */
  private final Map<String, AtomicLong> sequences = new ConcurrentHashMap<>();

  private List<Target> watched = List.of();
  private boolean closed;

  /**
   * Watches nothing yet.
   *
   * @param collectorId written into each window
   */
  public KeyspaceSubscriptions(
      String collectorId,
      PubSubConnector connector,
      WindowPublisher publisher,
      NamePolicies policies,
      Timing timing,
      MeterRegistry registry,
      RandomGenerator random,
      Clock clock) {
    this.collectorId = collectorId;
    this.publisher = publisher;
    this.policies = policies;
    this.random = random;
    this.clock = clock;
    this.meters = new KeyspaceMeters(registry);
    this.shared = new Subscription.Shared("keyspace", connector, timers, timing, random, clock);
    Gauge.builder("emberwatch.collector.keyspace.targets", entries, Map::size)
        .description("primaries that opted in to keyspace events")
        .register(registry);
    Gauge.builder("emberwatch.collector.keyspace.subscribed", this, KeyspaceSubscriptions::alive)
        .description("of these, targets whose events are being received")
        .register(registry);
    ScheduledFuture<?> unused =
        closer.scheduleWithFixedDelay(
            this::tick, TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Subscribes to the targets that opted in, and leaves unchanged ones alone. */
  public synchronized void watch(List<Target> targets) {
    if (closed) {
      return;
    }
    List<Target> next = targets.stream().filter(t -> t.keyspaceEvents().isPresent()).toList();
    TargetChanges changes = TargetChanges.between(watched, next);
    changes.removed().forEach(this::stop);
    changes.changed().forEach(this::stop);
    changes.changed().forEach(this::start);
    changes.added().forEach(this::start);
    watched = next;
  }

  @Override
  public Optional<NotificationCounters> countersOf(String instanceId) {
    return Optional.ofNullable(entries.get(instanceId)).flatMap(entry -> entry.windows.counters());
  }

  /**
   * A subscription itself reads the setting only when it begins, since RESP2 allows no other
   * command on a subscribed connection.
   */
  @Override
  public void notifyKeyspaceEvents(String instanceId, String letters) {
    Entry entry = entries.get(instanceId);
    if (entry != null) {
      entry.windows.setting(Optional.of(letters));
    }
  }

  /** Why a target that opted in has no subscription: the server's error code or a kind of fault. */
  public Optional<String> fault(String instanceId) {
    return Optional.ofNullable(entries.get(instanceId))
        .flatMap(entry -> entry.subscription.fault());
  }

  /** Ends all subscriptions and publishes what was counted, within {@code 10 s}. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    List.copyOf(watched).forEach(this::stop);
    watched = List.of();
    timers.shutdownNow();
    closer.shutdown();
    try {
      if (!closer.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("event=keyspace_windows_abandoned reason=\"the publisher is too slow\"");
        closer.shutdownNow();
      }
    } catch (InterruptedException e) {
      closer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void start(Target target) {
    String id = target.instanceId();
    KeyspaceEvents settings = target.keyspaceEvents().orElseThrow();
    AtomicLong sequence = sequences.computeIfAbsent(id, any -> new AtomicLong());
    EventWindows windows =
        new EventWindows(
            target,
            settings,
            policies.of(settings.naming()),
            collectorId,
            sequence,
            random,
            clock.instant());
    EventSubscriber subscriber = new EventSubscriber(windows, meters, shared.timing().timeout());
    Subscription subscription =
        new Subscription(target, EventSubscriber.PATTERN, subscriber, shared);
    entries.put(id, new Entry(windows, subscription, new WindowOutlet(windows, publisher, meters)));
  }

  private void stop(Target target) {
    Entry entry = entries.remove(target.instanceId());
    if (entry != null) {
      entry.subscription.close();
      closer.execute(() -> entry.outlet.finish(clock.instant()));
    }
  }

  private void tick() {
    Instant now = clock.instant();
    for (Entry entry : entries.values()) {
      try {
        entry.outlet.tick(now);
      } catch (RuntimeException e) {
        // Would end the schedule silently, for all targets.
        LOG.error("event=keyspace_window_failed", e);
      }
    }
  }

  private long alive() {
    return entries.values().stream().filter(entry -> entry.subscription.subscribed()).count();
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  private record Entry(EventWindows windows, Subscription subscription, WindowOutlet outlet) {}
}
