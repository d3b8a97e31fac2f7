package io.emberwatch.collector.discover;

import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One discovery that runs: looks every refresh interval and soon after a hint, again after a
 * growing delay when nobody answers, and keeps the last good answer. All but {@link #hint} is
 * called on the one thread of its timer.
 */
final class Search implements AutoCloseable {

  /** For one look. */
  static final Duration DEADLINE = Duration.ofSeconds(10);

  /** Between a look and the next, whatever is hinted at: a failover gives a hint for each node. */
  static final Duration LEAST_GAP = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(Search.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final int MAX_DOUBLINGS = 10;

  private final Discovery discovery;
  private final Discoverer discoverer;
  private final ScheduledExecutorService timer;
  private final Runnable changed;
  private final DiscoveryMeters meters;
  private volatile List<Target> found = List.of();
  private volatile @Nullable String fault = "has not answered yet";
  private @Nullable ScheduledFuture<?> next;
  private int failures;
  private boolean answered;
  private boolean underWay;
  private boolean hinted;
  private boolean closed;

  /**
   * @param timer of one thread
   * @param changed called on the timer when {@link #found} or {@link #fault} differs
   */
  Search(
      Discovery discovery,
      Discoverer discoverer,
      ScheduledExecutorService timer,
      Runnable changed,
      DiscoveryMeters meters) {
    this.discovery = discovery;
    this.discoverer = discoverer;
    this.timer = timer;
    this.changed = changed;
    this.meters = meters;
  }

  /**
   * Begins.
   *
   * @param former what the discovery of the same name found last; in force until there is an answer
   */
  void start(List<Target> former) {
    found = former;
    answered = !former.isEmpty();
    discoverer.onHint(this::hint);
    look();
  }

  Discovery discovery() {
    return discovery;
  }

  /** The last good answer; empty before the first. */
  List<Target> found() {
    return found;
  }

  /** Why the last look gave nothing; empty after a good one. */
  Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  /** Something says that the answer may have changed. From any thread. */
  void hint() {
    run(this::hinted);
  }

  @Override
  public void close() {
    closed = true;
    cancel();
    discoverer.close();
  }

  private void hinted() {
    if (underWay) {
      hinted = true;
    } else if (next == null || next.getDelay(TimeUnit.MILLISECONDS) > LEAST_GAP.toMillis()) {
      lookAfter(LEAST_GAP);
    }
  }

  private void look() {
    if (closed || underWay) {
      return;
    }
    underWay = true;
    CompletableFuture<Void> unused =
        answer()
            .orTimeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
            .handle(
                (targets, failure) -> {
                  run(() -> ended(targets, failure));
                  return null;
                });
  }

  private CompletableFuture<List<Target>> answer() {
    try {
      return discoverer.discover().copy();
    } catch (RuntimeException fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }

  private void ended(@Nullable List<Target> targets, @Nullable Throwable failure) {
    underWay = false;
    if (closed) {
      return;
    }
    if (targets == null || targets.isEmpty()) {
      failed(reason(failure));
    } else {
      answered(List.copyOf(targets));
    }
    lookAfter(hinted ? LEAST_GAP : delay());
    hinted = false;
  }

  private void answered(List<Target> targets) {
    meters.looked(true);
    boolean news = !targets.equals(found) || fault != null;
    if (news) {
      LOG.info(
          "event=discovered discovery={} method={} targets={} groups={}",
          discovery.id(),
          discovery.method().name(),
          targets.size(),
          targets.stream().map(Target::group).distinct().count());
    }
    found = targets;
    answered = true;
    fault = null;
    failures = 0;
    if (news) {
      changed.run();
    }
  }

  private void failed(String why) {
    meters.looked(false);
    failures++;
    String detail =
        answered ? why + "; the " + found.size() + " targets found last stay in force" : why;
    if (failures == 1) {
      LOG.warn("event=discovery_failing discovery={} reason=\"{}\"", discovery.id(), detail);
    }
    boolean news = !detail.equals(fault);
    fault = detail;
    if (news) {
      changed.run();
    }
  }

  private Duration delay() {
    Duration refresh = discovery.refreshInterval();
    if (failures == 0) {
      return refresh;
    }
    Duration retry = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    return retry.compareTo(refresh) < 0 ? retry : refresh;
  }

  /** The collector may be stopping. */
  private void run(Runnable step) {
    try {
      timer.execute(step);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("event=discovery_stopped discovery={}", discovery.id());
    }
  }

  private void lookAfter(Duration delay) {
    cancel();
    next = timer.schedule(this::look, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void cancel() {
    if (next != null) {
      next.cancel(false);
    }
  }

  private static String reason(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause == null) {
      return "no server was named";
    }
    if (cause instanceof TimeoutException) {
      return "no answer within " + DEADLINE.toSeconds() + " s";
    }
    if (!(cause instanceof DiscoveryException)) {
      LOG.error("event=discovery_fault", cause);
      return "a fault of the collector, see its log: " + cause.getClass().getSimpleName();
    }
    return String.valueOf(cause.getMessage());
  }
}
