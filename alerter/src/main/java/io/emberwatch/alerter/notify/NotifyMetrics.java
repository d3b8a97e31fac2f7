package io.emberwatch.alerter.notify;

import io.emberwatch.alerter.store.NotificationState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** Counts and times of attempts, by receiver and outcome. */
public final class NotifyMetrics {

  private final MeterRegistry registry;

  public NotifyMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void attempted(String receiver, NotificationState state, Delivery delivery, Duration latency) {
    Timer.builder("emberwatch.alerter.notify.attempts")
        .description("Attempts to tell a receiver, by how they went")
        .tag("receiver", receiver)
        .tag("delivery", delivery.getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .tag("state", state.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(latency);
  }

  void fenced(String receiver) {
    registry.counter("emberwatch.alerter.notify.fenced", "receiver", receiver).increment();
  }
}
