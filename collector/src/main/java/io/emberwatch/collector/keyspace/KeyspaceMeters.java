package io.emberwatch.collector.keyspace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Meters of all subscriptions. Events received = events published + events dropped + those of open
 * windows + messages unparsed.
 */
final class KeyspaceMeters {

  private static final String NAME = "emberwatch.collector.keyspace.";

  private final Counter windowsPublished;
  private final Counter windowsDropped;
  private final Counter eventsPublished;
  private final Counter eventsDropped;
  private final Counter unparsed;
  private final Counter subscriptionsLost;

  KeyspaceMeters(MeterRegistry registry) {
    windowsPublished = counter(registry, "windows.published", "windows that the publisher took");
    windowsDropped = counter(registry, "windows.dropped", "windows that the publisher refused");
    eventsPublished = counter(registry, "events.published", "events of the windows published");
    eventsDropped = counter(registry, "events.dropped", "events of the windows dropped");
    unparsed = counter(registry, "messages.unparsed", "messages that are no keyspace event");
    subscriptionsLost = counter(registry, "subscriptions.lost", "subscriptions that broke");
  }

  void published(long events) {
    windowsPublished.increment();
    eventsPublished.increment((double) events);
  }

  void dropped(long events) {
    windowsDropped.increment();
    eventsDropped.increment((double) events);
  }

  void unparsed() {
    unparsed.increment();
  }

  void subscriptionLost() {
    subscriptionsLost.increment();
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(NAME + name).description(description).register(registry);
  }
}
