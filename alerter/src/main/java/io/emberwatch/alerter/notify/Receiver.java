package io.emberwatch.alerter.notify;

import io.emberwatch.alerter.store.Notification;
import java.time.Duration;

/**
 * One place that is told of incidents. Sending the same notification again must be recognisable by
 * its id. Thread-safe.
 */
public interface Receiver extends AutoCloseable {

  /** Name in configuration, timeline and metrics. */
  String name();

  /** Longest time that {@link #send} takes, answer included. */
  Duration deadline();

  /** Sends once and says how it went; never throws for what the other side does. */
  Delivery send(Notification notification);

  @Override
  void close();
}
