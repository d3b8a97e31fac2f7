package io.emberwatch.collector.keyspace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Meters of all subscriptions. Events received = events published + events lost + those of open
 * windows; none is dropped otherwise.
 */
final class KeyspaceMeters {

  private static final String NAME = "emberwatch.collector.keyspace.";

  private final Counter windowsPublished;
  private final Counter windowsLost;
  private final Counter eventsPublished;
  private final Counter eventsLost;
  private final Counter resubscriptions;

  KeyspaceMeters(MeterRegistry registry) {
    windowsPublished = counter(registry, "windows.published", "windows stored");
    windowsLost = counter(registry, "windows.lost", "windows that the publisher could not store");
    eventsPublished = counter(registry, "events.published", "events of the windows stored");
    eventsLost = counter(registry, "events.lost", "events of the windows lost");
    resubscriptions = counter(registry, "subscriptions.lost", "subscriptions that broke");
  }

  void published(long events) {
    windowsPublished.increment();
    eventsPublished.increment((double) events);
  }

  void lost(long events) {
    windowsLost.increment();
    eventsLost.increment((double) events);
  }

  void subscriptionLost() {
    resubscriptions.increment();
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(NAME + name).description(description).register(registry);
  }
}
