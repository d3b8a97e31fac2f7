package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetChanges;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.CheckState;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls every target at its slots. One thread begins polls, which then run on the connector's I/O
 * threads; no target waits for another. Per target at most one poll is under way, and a poll is
 * skipped, and counted, while the sink has no room.
 */
public final class Poller implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  private final WatchSettings settings;
  private final RedisConnector connector;
  private final NotificationSource notifications;
  private final PollSink sink;
  private final Clock clock;
  private final PollMetrics metrics;
  private final CheckState polled;
  private final Map<String, PolledTarget> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "poller");
            thread.setDaemon(true);
            return thread;
          });

  /** A poller without targets. */
  public Poller(
      WatchSettings settings,
      RedisConnector connector,
      NotificationSource notifications,
      PollSink sink,
      MeterRegistry registry,
      Clock clock) {
    this.settings = settings;
    this.connector = connector;
    this.notifications = notifications;
    this.sink = sink;
    this.clock = clock;
    this.metrics = new PollMetrics(registry);
    this.polled = new CheckState("first-poll", clock);
  }

  /** Takes a new snapshot of targets; one that is equal in both keeps its connection. */
  public synchronized void watch(List<Target> targets) {
    List<Target> before = running.values().stream().map(PolledTarget::target).toList();
    TargetChanges changes = TargetChanges.between(before, targets);
    changes.removed().forEach(this::stop);
    changes.changed().forEach(this::stop);
    int together = changes.changed().size() + changes.added().size();
    changes.changed().forEach(target -> begin(target, together));
    changes.added().forEach(target -> begin(target, together));
    if (targets.isEmpty()) {
      polled.ok("no targets");
    }
    LOG.info(
        "event=targets_taken total={} added={} removed={} changed={}",
        targets.size(),
        changes.added().size(),
        changes.removed().size(),
        changes.changed().size());
  }

  /** Ok once a first poll has given a sample. */
  public Check check() {
    return polled.check();
  }

  /** Begins no more polls and drops all connections. */
  @Override
  public synchronized void close() {
    timer.shutdownNow();
    running.values().forEach(PolledTarget::close);
    running.clear();
  }

  private void begin(Target target, int together) {
    TargetWatch watch =
        new TargetWatch(target, settings, connector, notifications, running::size, clock);
    PolledTarget polledTarget = new PolledTarget(watch, sink, metrics, polled);
    running.put(target.instanceId(), polledTarget);
    schedule(polledTarget, polledTarget.schedule().first(clock.instant(), together));
  }

  private void stop(Target target) {
    PolledTarget former = running.remove(target.instanceId());
    if (former != null) {
      former.close();
    }
  }

  private void schedule(PolledTarget target, Instant due) {
    long millis = Math.max(0, Duration.between(clock.instant(), due).toMillis());
    ScheduledFuture<?> unused =
        timer.schedule(() -> tick(target, due), millis, TimeUnit.MILLISECONDS);
  }

  private void tick(PolledTarget target, Instant due) {
    if (target.isClosed()) {
      return;
    }
    Instant now = clock.instant();
    try {
      target.poll(due, now);
    } finally {
      schedule(target, target.schedule().next(now));
    }
  }
}
