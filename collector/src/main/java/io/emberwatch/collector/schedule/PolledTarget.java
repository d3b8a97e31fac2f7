package io.emberwatch.collector.schedule;

import io.emberwatch.collector.target.Target;
import io.emberwatch.runtime.lifecycle.CheckState;
import io.emberwatch.schemas.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A target under the poller: begins its polls one at a time and hands on what they give. */
final class PolledTarget implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PolledTarget.class);

  private final TargetWatch watch;
  private final PollSink sink;
  private final PollMetrics metrics;
  private final CheckState polled;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private volatile boolean closed;
  private @Nullable TargetState shown;
  private long connects;

  PolledTarget(TargetWatch watch, PollSink sink, PollMetrics metrics, CheckState polled) {
    this.watch = watch;
    this.sink = sink;
    this.metrics = metrics;
    this.polled = polled;
  }

  Target target() {
    return watch.target();
  }

  PollSchedule schedule() {
    return watch.slots();
  }

  boolean isClosed() {
    return closed;
  }

  /** Begins a poll, or counts why not; returns at once. */
  void poll(Instant due, Instant now) {
    metrics.begins(Duration.between(due, now));
    if (schedule().isLate(due, now)) {
      metrics.late();
    }
    if (sink.isSuspended()) {
      metrics.skipped("suspended");
    } else if (!sink.hasRoom()) {
      metrics.skipped("backpressure");
    } else if (!underWay.compareAndSet(false, true)) {
      metrics.skipped("overlap");
    } else {
      begin();
    }
  }

  @Override
  public void close() {
    closed = true;
    watch.close();
    show(null);
  }

  private void begin() {
    long startNanos = System.nanoTime();
    try {
      CompletableFuture<Void> unused =
          watch
              .poll(schedule().deadline())
              .handle(
                  (result, fault) -> {
                    end(result, fault, startNanos);
                    return null;
                  });
    } catch (RuntimeException fault) {
      end(null, fault, startNanos);
    }
  }

  private void end(@Nullable PollResult result, @Nullable Throwable fault, long startNanos) {
    try {
      if (result == null) {
        LOG.error("event=poll_fault target={}", target().instanceId(), fault);
        metrics.skipped("fault");
      } else if (sink.isSuspended()) {
        // Asked before a pause, answered long ago: figures of then under the time of now.
        metrics.skipped("suspended");
      } else if (!closed) {
        handOn(result, startNanos);
      }
    } finally {
      underWay.set(false);
    }
  }

  private void handOn(PollResult result, long startNanos) {
    TargetState state = result.sample().getState();
    metrics.polled(state, Duration.ofNanos(System.nanoTime() - startNanos));
    if (result.sample().getProbeCost() != null) {
      metrics.weighed(result.sample().getProbeCost());
    }
    metrics.connected(result.sample().getCollectorConnects() - connects);
    connects = result.sample().getCollectorConnects();
    show(state);
    sink.accept(result);
    polled.ok("polled");
  }

  /** Moves the target in the gauge of states; a target that was closed stays out of it. */
  private synchronized void show(@Nullable TargetState state) {
    TargetState next = closed ? null : state;
    metrics.moved(shown, next);
    shown = next;
  }
}
