package io.emberwatch.alerter.notify;

import dev.failsafe.RateLimiter;
import io.emberwatch.alerter.incident.TimelineKind;
import io.emberwatch.alerter.store.Database;
import io.emberwatch.alerter.store.Notification;
import io.emberwatch.alerter.store.NotificationState;
import io.emberwatch.alerter.store.OutboxClaims.Outcome;
import io.emberwatch.alerter.store.Session;
import io.emberwatch.alerter.store.Timeline.TimelineRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one receiver's notices: claim in a transaction, send outside of any, write the outcome in
 * another. Each receiver has its own dispatcher, threads and rate, so that a slow one delays nobody
 * else. Thread-safe: several threads may take steps.
 */
public final class Dispatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** Room for the two transactions round an attempt; past it the sender is taken for dead. */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

  private final Receiver receiver;
  private final Database database;
  private final RetryPolicy retries;
  private final RateLimiter<Object> rate;
  private final NotifyMetrics metrics;
  private final Clock clock;
  private final AtomicReference<Instant> heldUntil = new AtomicReference<>(Instant.MIN);

  /**
   * @param maxPerSecond notices that the receiver takes in a second, above 0
   */
  public Dispatcher(
      Receiver receiver,
      Database database,
      RetryPolicy retries,
      double maxPerSecond,
      NotifyMetrics metrics,
      Clock clock) {
    this.receiver = receiver;
    this.database = database;
    this.retries = retries;
    this.rate = RateLimiter.smoothBuilder(Duration.ofNanos(Math.round(1e9 / maxPerSecond))).build();
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Name of the receiver. */
  public String name() {
    return receiver.name();
  }

  /** Longest time that a step takes. */
  public Duration deadline() {
    return receiver.deadline();
  }

  /** Makes notices due that were parked: the receiver may have been mended since. */
  public void unpark() {
    Instant now = clock.instant();
    database.transact(session -> session.claims().unpark(receiver.name(), now));
  }

  /**
   * Sends one notice, if one is due.
   *
   * @return whether one was sent
   */
  public boolean step() {
    if (clock.instant().isBefore(heldUntil.get()) || !rate.tryAcquirePermit()) {
      return false;
    }
    Instant now = clock.instant();
    Duration lease = receiver.deadline().plus(LEASE_MARGIN);
    List<Notification> claimed =
        database.transact(session -> session.claims().claim(receiver.name(), now, lease, 1));
    claimed.forEach(this::attempt);
    return !claimed.isEmpty();
  }

  @Override
  public void close() {
    receiver.close();
  }

  private void attempt(Notification notification) {
    long start = System.nanoTime();
    Delivery delivery = receiver.send(notification);
    if (Thread.currentThread().isInterrupted()) {
      // The process ends. An interrupted thread would close H2's file under the others, so the
      // claim is left to its lease: the notice goes out again with the same id.
      return;
    }
    Duration latency = Duration.ofNanos(System.nanoTime() - start);
    Instant now = clock.instant();
    RetryPolicy.Step step = retries.after(notification, delivery, now);
    if (!step.holdReceiver().isZero()) {
      hold(now.plus(step.holdReceiver()), delivery);
    }
    boolean written =
        database.transact(session -> write(session, notification, step, latency, now));
    metrics.attempted(receiver.name(), step.outcome().state(), delivery, latency);
    if (!written) {
      metrics.fenced(receiver.name());
      LOG.warn(
          "event=outcome_refused receiver={} notification={} attempt={}",
          receiver.name(),
          notification.id(),
          notification.attempts());
    }
  }

  private boolean write(
      Session session,
      Notification notification,
      RetryPolicy.Step step,
      Duration latency,
      Instant now) {
    Outcome outcome = step.outcome();
    boolean written =
        session.claims().finish(notification.id(), notification.attempts(), outcome, now);
    if (written) {
      session
          .timeline()
          .append(
              notification.incidentId(),
              new TimelineRow(
                  TimelineKind.NOTIFIED,
                  now,
                  now,
                  receiver.name(),
                  text(notification, outcome, latency)));
    }
    return written;
  }

  private static String text(Notification notification, Outcome outcome, Duration latency) {
    String state =
        outcome.state() == NotificationState.PENDING
            ? "will retry"
            : outcome.state().name().toLowerCase(Locale.ROOT);
    return "%s %s: %s, attempt %d, %d ms"
        .formatted(
            notification.reason().name().toLowerCase(Locale.ROOT),
            state,
            outcome.detail(),
            notification.attempts(),
            latency.toMillis());
  }

  private void hold(Instant until, Delivery delivery) {
    heldUntil.accumulateAndGet(until, (a, b) -> a.isAfter(b) ? a : b);
    LOG.warn(
        "event=receiver_held receiver={} until={} reason=\"{}\"",
        receiver.name(),
        until,
        delivery.detail());
  }
}
