package io.emberwatch.alerter.notify;

import io.emberwatch.alerter.store.Notification;
import io.emberwatch.alerter.store.NotificationState;
import io.emberwatch.alerter.store.OutboxClaims.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What follows an attempt. Exponential backoff with full jitter, 1 s doubling to 60 s for ten
 * minutes, then every five minutes, given up after a day; a throttle and a broken set-up hold the
 * whole receiver. Pure, apart from the random source.
 */
public final class RetryPolicy {

  static final Duration FAST_PHASE = Duration.ofMinutes(10);
  static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  static final Duration MAX_BACKOFF = Duration.ofSeconds(60);
  static final Duration SLOW_BACKOFF = Duration.ofMinutes(5);
  static final Duration HORIZON = Duration.ofHours(24);
  static final Duration DEFAULT_THROTTLE = Duration.ofSeconds(30);
  static final Duration MAX_THROTTLE = Duration.ofMinutes(15);
  static final Duration PROBE = Duration.ofMinutes(5);

  /** Full jitter may give nothing at all; a pause this short still does not hammer. */
  private static final Duration MIN_BACKOFF = Duration.ofMillis(200);

  private final RandomGenerator random;

  public RetryPolicy(RandomGenerator random) {
    this.random = random;
  }

  /** What follows the attempt that ended now. */
  public Step after(Notification notification, Delivery delivery, Instant now) {
    return switch (kind(delivery)) {
      case DONE -> last(NotificationState.SENT, delivery, now);
      case RETRY -> retry(notification, delivery, now, Duration.ZERO);
      case THROTTLE -> retry(notification, delivery, now, throttle(delivery));
      case REFUSED -> refused(notification, delivery, now);
      case BROKEN ->
          new Step(
              new Outcome(
                  NotificationState.PARKED,
                  now.plus(PROBE),
                  notification.minimal(),
                  false,
                  delivery.detail()),
              PROBE);
    };
  }

  private Step retry(Notification notification, Delivery delivery, Instant now, Duration hold) {
    boolean maybeDelivered = delivery instanceof Delivery.Unanswered;
    Duration age = Duration.between(notification.createdAt(), now);
    boolean over = age.compareTo(HORIZON) > 0;
    Duration pause = hold.isZero() ? backoff(notification.attempts(), age) : hold;
    Outcome outcome =
        new Outcome(
            over ? NotificationState.DEAD : NotificationState.PENDING,
            now.plus(pause),
            notification.minimal(),
            maybeDelivered,
            delivery.detail());
    return new Step(outcome, hold);
  }

  /** The least that pages is tried once; a receiver that refuses that too is not to be had. */
  private static Step refused(Notification notification, Delivery delivery, Instant now) {
    return notification.minimal()
        ? last(NotificationState.DEAD, delivery, now)
        : new Step(
            new Outcome(NotificationState.PENDING, now, true, false, delivery.detail()),
            Duration.ZERO);
  }

  private static Step last(NotificationState state, Delivery delivery, Instant now) {
    return new Step(new Outcome(state, now, false, false, delivery.detail()), Duration.ZERO);
  }

  private Duration backoff(int attempts, Duration age) {
    if (age.compareTo(FAST_PHASE) > 0) {
      return SLOW_BACKOFF;
    }
    int doublings = Math.min(Math.max(attempts - 1, 0), 6);
    long ceiling = Math.min(FIRST_BACKOFF.toMillis() << doublings, MAX_BACKOFF.toMillis());
    return Duration.ofMillis(random.nextLong(MIN_BACKOFF.toMillis(), ceiling + 1));
  }

  private static Duration throttle(Delivery delivery) {
    @Nullable Duration hint = ((Delivery.Throttled) delivery).retryAfter();
    Duration hold = Objects.requireNonNullElse(hint, DEFAULT_THROTTLE);
    return hold.compareTo(MAX_THROTTLE) > 0 ? MAX_THROTTLE : hold;
  }

  private static Kind kind(Delivery delivery) {
    if (delivery instanceof Delivery.Accepted) {
      return Kind.DONE;
    }
    if (delivery instanceof Delivery.Throttled) {
      return Kind.THROTTLE;
    }
    if (delivery instanceof Delivery.Refused) {
      return Kind.REFUSED;
    }
    return delivery instanceof Delivery.Broken ? Kind.BROKEN : Kind.RETRY;
  }

  private enum Kind {
    DONE,
    RETRY,
    THROTTLE,
    REFUSED,
    BROKEN
  }

  /**
   * What to write, and how long to leave the receiver alone.
   *
   * @param holdReceiver zero for not at all
   */
  public record Step(Outcome outcome, Duration holdReceiver) {}
}
