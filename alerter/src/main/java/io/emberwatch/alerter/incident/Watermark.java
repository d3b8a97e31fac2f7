package io.emberwatch.alerter.incident;

import org.jspecify.annotations.Nullable;

/**
 * The newest event seen of a fingerprint. Whatever is not newer is late and has no effect; that
 * holds too when the newest event was a resolve that had nothing to resolve.
 *
 * @param incidentId incident that the event belonged to; null when it belonged to none
 */
public record Watermark(String fingerprint, EventOrder order, @Nullable String incidentId) {

  /** Whether an event of this order has nothing to add. */
  public boolean covers(EventOrder other) {
    return other.compareTo(order) <= 0;
  }
}
