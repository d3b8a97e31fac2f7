package io.emberwatch.processor.signal;

import io.emberwatch.processor.state.Counters;
import io.emberwatch.processor.state.EventCounters;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.NotificationCounters;
import io.emberwatch.schemas.Signals;
import org.jspecify.annotations.Nullable;

/**
 * How many keyspace notifications arrive, of those that the server must have sent. Notifications
 * are fire and forget, so this is the only way to see their loss.
 */
final class NotificationSignals {

  /** Events below which a share says nothing, as for the other ratios. */
  static final long MIN_EVENTS = 100;

  private NotificationSignals() {}

  /** Null: not subscribed. */
  static @Nullable EventCounters read(InstanceSample sample) {
    NotificationCounters counters = sample.getNotifications();
    return counters == null
        ? null
        : new EventCounters(
            CounterReading.micros(counters.getSubscribedSince()),
            counters.getExpired(),
            counters.getEvicted());
  }

  static void write(
      PairedSample seen,
      @Nullable EventCounters before,
      @Nullable EventCounters after,
      Signals into) {
    if (before == null || after == null || seen.pair() == null) {
      return;
    }
    if (before.getSubscribedSinceMicros() == after.getSubscribedSinceMicros()) {
      into.setNotifCover(cover(seen, before, after));
    }
  }

  /**
   * {@code expired events received/d(expired_keys)}, 0 to 1; evicted ones where too few expired.
   * The two sides are read at slightly different moments, so it is cut at 1. Null: the server sends
   * neither, or counted below 100 of them.
   */
  private static @Nullable Double cover(
      PairedSample seen, EventCounters before, EventCounters after) {
    Double expired =
        share(
            sends(seen.sample(), 'x'),
            CounterDelta.of((Long) before.getExpired(), (Long) after.getExpired()),
            seen.delta(Counters::getExpiredKeys));
    if (expired != null) {
      return expired;
    }
    return share(
        sends(seen.sample(), 'e'),
        CounterDelta.of((Long) before.getEvicted(), (Long) after.getEvicted()),
        seen.delta(Counters::getEvictedKeys));
  }

  private static @Nullable Double share(
      boolean sent, @Nullable Long received, @Nullable Long counted) {
    return !sent || received == null || counted == null || counted < MIN_EVENTS
        ? null
        : PairedSample.atMostOne(received / counted.doubleValue());
  }

  /** notify-keyspace-events has the class, or A for all, and E; taken to have them if unknown. */
  private static boolean sends(InstanceSample sample, char eventClass) {
    NotificationCounters counters = sample.getNotifications();
    String flags = counters == null ? null : counters.getNotifyKeyspaceEvents();
    return flags == null
        || (flags.indexOf('E') >= 0 && (flags.indexOf(eventClass) >= 0 || flags.indexOf('A') >= 0));
  }
}
