package io.emberwatch.collector.keyspace;

import io.emberwatch.schemas.KeyspaceEventSample;
import java.time.Instant;

/**
 * Hands the windows of one target to the publisher. While that has no room, no window is closed:
 * the open one grows in time, not in memory, and no event is lost. Used by one thread.
 */
final class WindowOutlet {

  private final EventWindows windows;
  private final WindowPublisher publisher;
  private final KeyspaceMeters meters;

  WindowOutlet(EventWindows windows, WindowPublisher publisher, KeyspaceMeters meters) {
    this.windows = windows;
    this.publisher = publisher;
    this.meters = meters;
  }

  /** Publishes what is due, if there is room. */
  void tick(Instant now) {
    if (publisher.hasRoom()) {
      windows.closeDue(now).forEach(this::publish);
    }
  }

  /** Publishes all that was counted. */
  void finish(Instant now) {
    windows.closeAll(now).forEach(this::publish);
  }

  private void publish(KeyspaceEventSample window) {
    if (publisher.offer(window)) {
      meters.published(window.getTotal());
    } else {
      meters.dropped(window.getTotal());
    }
  }
}
