package io.emberwatch.collector.census;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.key.NamePolicies;
import io.emberwatch.collector.target.KeyCensus;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetChanges;
import io.emberwatch.schemas.InstanceSample;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key censuses of all targets that opted in. They follow {@link #watch} and what polls find: a
 * group's census is taken on one of its members, a replica if there is one. Hot keys are asked of
 * each member that is up, since each has readers of its own. Thread-safe.
 */
public final class KeyCensuses implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KeyCensuses.class);

  private final NamePolicies policies;
  private final RandomGenerator random;
  private final CensusMeters meters;
  private final TargetCensus.Shared shared;
  private final GroupMembers members = new GroupMembers();
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "key-census");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private List<Target> watched = List.of();
  private boolean closed;

  private record Entry(TargetCensus census, ScheduledFuture<?> ticks) {}

  /**
   * Watches nothing yet.
   *
   * @param connector opens a connection to a target, in bounded time
   */
  public KeyCensuses(
      String collectorId,
      Function<Target, CompletableFuture<Exchange>> connector,
      CensusPublisher publisher,
      NamePolicies policies,
      MeterRegistry registry,
      RandomGenerator random,
      Clock clock) {
    this.policies = policies;
    this.random = random;
    this.meters = new CensusMeters(registry);
    this.shared = new TargetCensus.Shared(collectorId, connector, publisher, meters, timers, clock);
  }

  /** Follows the targets that opted in, and leaves unchanged ones alone. */
  public synchronized void watch(List<Target> targets) {
    if (closed) {
      return;
    }
    List<Target> next = targets.stream().filter(t -> t.keyCensus().isPresent()).toList();
    TargetChanges changes = TargetChanges.between(watched, next);
    changes.removed().forEach(this::stop);
    changes.removed().forEach(target -> members.forget(target.instanceId()));
    changes.changed().forEach(this::stop);
    changes.changed().forEach(this::start);
    changes.added().forEach(this::start);
    watched = next;
  }

  /** Takes what a poll found of a target's role and state. */
  public void observe(InstanceSample sample) {
    if (entries.containsKey(sample.getInstanceId())) {
      members.observe(sample);
    }
  }

  /** Ends all slices; what they know is published as far as they can within their step. */
  @Override
  public synchronized void close() {
    closed = true;
    List.copyOf(watched).forEach(this::stop);
    watched = List.of();
    timers.shutdown();
  }

  private void start(Target target) {
    KeyCensus settings = target.keyCensus().orElseThrow();
    TargetCensus census =
        new TargetCensus(target, settings, policies.of(settings.naming()), shared);
    long interval = settings.interval().toNanos();
    // Spread over the interval, so that a thousand targets do not begin together.
    ScheduledFuture<?> ticks =
        timers.scheduleAtFixedRate(
            () -> tick(census), random.nextLong(interval), interval, TimeUnit.NANOSECONDS);
    entries.put(target.instanceId(), new Entry(census, ticks));
  }

  private void stop(Target target) {
    Entry entry = entries.remove(target.instanceId());
    if (entry != null) {
      entry.ticks.cancel(false);
      entry.census.close();
      meters.forget(target.instanceId());
    }
  }

  private void tick(TargetCensus census) {
    try {
      List<Target> optedIn = entries.values().stream().map(entry -> entry.census.target()).toList();
      boolean keys = members.isTurnOf(census.target(), optedIn);
      boolean hotKeys = census.wantsHotKeys() && members.hasHotKeys(census.target());
      if (keys || hotKeys) {
        census.begin(keys, hotKeys);
      }
    } catch (RuntimeException fault) {
      // Would end the schedule silently.
      LOG.error("event=census_fault instance={}", census.target().instanceId(), fault);
    }
  }
}
