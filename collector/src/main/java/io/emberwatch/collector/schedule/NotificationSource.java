package io.emberwatch.collector.schedule;

import io.emberwatch.schemas.NotificationCounters;
import java.util.Optional;

/** Figures of the subscriptions to keyspace notifications, for the samples. Thread-safe. */
public interface NotificationSource {

  /** No target is subscribed. */
  NotificationSource NONE = instanceId -> Optional.empty();

  /** A fresh copy of the figures as they are now; empty for a target that is not subscribed. */
  Optional<NotificationCounters> countersOf(String instanceId);

  /** Takes {@code notify-keyspace-events} of a target's server, read on the slow cadence. */
  default void notifyKeyspaceEvents(String instanceId, String letters) {}
}
