package io.emberwatch.collector.keyspace;

import io.emberwatch.schemas.KeyspaceEventSample;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the windows of one target to the publisher. While {@value #MAX_PENDING} of them are on
 * their way, no further one is closed: the open window grows in time, not in memory, and no event
 * is lost. Used by one thread; completions come from any.
 */
final class WindowOutlet {

  /** Some seconds of delay at the publisher pass unnoticed. */
  static final int MAX_PENDING = 4;

  private static final Logger LOG = LoggerFactory.getLogger(WindowOutlet.class);

  private final EventWindows windows;
  private final WindowPublisher publisher;
  private final KeyspaceMeters meters;
  private final AtomicInteger pending = new AtomicInteger();

  WindowOutlet(EventWindows windows, WindowPublisher publisher, KeyspaceMeters meters) {
    this.windows = windows;
    this.publisher = publisher;
    this.meters = meters;
  }

  /** Publishes what is due, if there is room. */
  void tick(Instant now) {
    if (pending.get() < MAX_PENDING) {
      windows.closeDue(now).forEach(this::publish);
    }
  }

  /** Publishes all that was counted. */
  void finish(Instant now) {
    windows.closeAll(now).forEach(this::publish);
  }

  private void publish(KeyspaceEventSample window) {
    pending.incrementAndGet();
    try {
      publisher.publish(window).whenComplete((stored, fault) -> ended(window, fault));
    } catch (RuntimeException fault) {
      ended(window, fault);
    }
  }

  private void ended(KeyspaceEventSample window, @Nullable Throwable fault) {
    pending.decrementAndGet();
    if (fault == null) {
      meters.published(window.getTotal());
    } else {
      meters.lost(window.getTotal());
      LOG.debug("event=keyspace_window_lost instance={}", window.getInstanceId(), fault);
    }
  }
}
