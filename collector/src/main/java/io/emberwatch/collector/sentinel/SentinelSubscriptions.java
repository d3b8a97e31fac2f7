package io.emberwatch.collector.sentinel;

import io.emberwatch.collector.subscribe.PubSubConnector;
import io.emberwatch.collector.subscribe.Subscriber;
import io.emberwatch.collector.subscribe.Subscription;
import io.emberwatch.collector.subscribe.Timing;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.SentinelEvent;
import io.emberwatch.schemas.SentinelEventLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Listens to the targets that are sentinels, as their samples say. A target is listened to from the
 * first sample that tells its role on, until another role is told or it is watched no more.
 * Thread-safe.
 */
public final class SentinelSubscriptions implements AutoCloseable {

  /** All that a sentinel announces. */
  private static final String EVERYTHING = "*";

  /** After which a discovery may find something else. */
  private static final Set<String> TOPOLOGY =
      Set.of(
          "+switch-master",
          "+promoted-slave",
          "+failover-end",
          "+convert-to-slave",
          "+slave",
          "+sentinel",
          "+sentinel-address-switch",
          "+reset-master",
          "+monitor",
          "-monitor");

  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sentinel-timers");
            thread.setDaemon(true);
            return thread;
          });

  private final Subscription.Shared shared;
  private final Counter received;
  private final Counter dropped;
  private final Consumer<Target> hint;
  private final Clock clock;
  private final Map<String, Entry> entries = new HashMap<>();
  private Map<String, Target> watched = Map.of();
  private boolean closed;

  /**
   * Listens to nobody yet.
   *
   * @param hint takes a sentinel that announced that a server is new, gone or has another role, in
   *     a connection's own thread; must not block
   */
  public SentinelSubscriptions(
      PubSubConnector connector,
      Timing timing,
      Consumer<Target> hint,
      MeterRegistry registry,
      RandomGenerator random,
      Clock clock) {
    this.shared = new Subscription.Shared("sentinel", connector, timers, timing, random, clock);
    this.hint = hint;
    this.clock = clock;
    this.received =
        Counter.builder("emberwatch.collector.sentinel.events")
            .description("announcements of sentinels")
            .register(registry);
    this.dropped =
        Counter.builder("emberwatch.collector.sentinel.events.dropped")
            .description("of these, announcements that are counted and not told one by one")
            .register(registry);
    Gauge.builder("emberwatch.collector.sentinels", this, SentinelSubscriptions::size)
        .description("targets that are sentinels")
        .register(registry);
    Gauge.builder("emberwatch.collector.sentinels.subscribed", this, SentinelSubscriptions::alive)
        .description("of these, sentinels that are listened to")
        .register(registry);
  }

  /** Takes what is watched now; ends what is not, or differs. */
  public synchronized void watch(List<Target> targets) {
    Map<String, Target> next = new HashMap<>();
    targets.forEach(target -> next.put(target.instanceId(), target));
    watched = next;
    entries
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !entry.getValue().target.equals(next.get(entry.getKey()));
              if (gone) {
                end(entry.getValue());
              }
              return gone;
            });
  }

  /**
   * Takes the role that a sample tells, and gives what the sample is to tell of announcements.
   *
   * @param role UNKNOWN, of a poll that failed, changes nothing
   * @return empty for a target that is no sentinel
   */
  public synchronized Optional<SentinelEventLog> polled(String instanceId, Role role) {
    Entry entry = entries.get(instanceId);
    Target target = watched.get(instanceId);
    if (entry == null && role == Role.SENTINEL && target != null && !closed) {
      entry = open(target);
      entries.put(instanceId, entry);
    } else if (entry != null && role != Role.SENTINEL && role != Role.UNKNOWN) {
      end(entry);
      entries.remove(instanceId);
      return Optional.empty();
    }
    return Optional.ofNullable(entry).map(open -> open.log.take());
  }

  /** Ends all subscriptions. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    entries.values().forEach(this::end);
    entries.clear();
    timers.shutdownNow();
  }

  /** What no sample took is dropped with it. */
  private void end(Entry entry) {
    entry.subscription.close();
    dropped.increment(entry.log.take().getEvents().size());
  }

  private Entry open(Target target) {
    EventLog log = new EventLog();
    return new Entry(
        target, log, new Subscription(target, EVERYTHING, new Listener(target, log), shared));
  }

  private synchronized long size() {
    return entries.size();
  }

  private synchronized long alive() {
    return entries.values().stream().filter(entry -> entry.subscription.subscribed()).count();
  }

  private record Entry(Target target, EventLog log, Subscription subscription) {}

  private final class Listener implements Subscriber {

    private final Target target;
    private final EventLog log;

    Listener(Target target, EventLog log) {
      this.target = target;
      this.log = log;
    }

    @Override
    public void began(Instant at) {
      log.began(at);
    }

    @Override
    public void lost(Instant at) {
      log.ended();
    }

    @Override
    public void ended(Instant at) {
      log.ended();
    }

    @Override
    public void message(byte[] channel, byte[] payload) {
      SentinelEvent event = Announcement.read(channel, payload, clock.instant());
      received.increment();
      if (!log.add(event)) {
        dropped.increment();
      }
      if (TOPOLOGY.contains(event.getEvent())) {
        hint.accept(target);
      }
    }
  }
}
