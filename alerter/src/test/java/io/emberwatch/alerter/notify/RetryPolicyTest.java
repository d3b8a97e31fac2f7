package io.emberwatch.alerter.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.alerter.incident.NoticeKind;
import io.emberwatch.alerter.incident.TimelineKind;
import io.emberwatch.alerter.store.Notification;
import io.emberwatch.alerter.store.NotificationState;
import io.emberwatch.schemas.Severity;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final Instant T0 = Instant.parse("2026-01-05T10:00:00Z");

  private final RetryPolicy policy = new RetryPolicy(new Random(1));

  @Test
  void isDoneWhenAccepted() {
    assertThat(after(new Delivery.Accepted("200"), 1, false, T0).outcome().state())
        .isEqualTo(NotificationState.SENT);
  }

  @Test
  void backsOffUpToAMinuteAndThenEveryFiveMinutes() {
    for (int attempt = 1; attempt < 40; attempt++) {
      RetryPolicy.Step step = after(new Delivery.Failed("500"), attempt, false, T0.plusSeconds(60));
      assertThat(step.outcome().dueAt())
          .isBetween(T0.plusSeconds(60), T0.plusSeconds(60).plus(RetryPolicy.MAX_BACKOFF));
      assertThat(step.holdReceiver()).isZero();
    }
    Instant later = T0.plus(RetryPolicy.FAST_PHASE).plusSeconds(1);
    assertThat(after(new Delivery.Failed("500"), 20, false, later).outcome().dueAt())
        .isEqualTo(later.plus(RetryPolicy.SLOW_BACKOFF));
  }

  @Test
  void givesUpAfterADay() {
    Instant later = T0.plus(RetryPolicy.HORIZON).plusSeconds(1);

    assertThat(after(new Delivery.NotSent("refused"), 300, false, later).outcome().state())
        .isEqualTo(NotificationState.DEAD);
  }

  @Test
  void remembersThatItMayHaveArrived() {
    assertThat(after(new Delivery.Unanswered("timeout"), 1, false, T0).outcome().maybeDelivered())
        .isTrue();
    assertThat(after(new Delivery.NotSent("refused"), 1, false, T0).outcome().maybeDelivered())
        .isFalse();
  }

  @Test
  void holdsTheReceiverAsLongAsItAsksWithinBounds() {
    assertThat(hold(new Delivery.Throttled("429", Duration.ofSeconds(7))))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(hold(new Delivery.Throttled("429", null))).isEqualTo(RetryPolicy.DEFAULT_THROTTLE);
    assertThat(hold(new Delivery.Throttled("429", Duration.ofDays(1))))
        .isEqualTo(RetryPolicy.MAX_THROTTLE);
  }

  @Test
  void triesTheLeastBodyOnceWhenRefused() {
    RetryPolicy.Step first = after(new Delivery.Refused("413"), 1, false, T0);

    assertThat(first.outcome().minimal()).isTrue();
    assertThat(first.outcome().state()).isEqualTo(NotificationState.PENDING);
    assertThat(after(new Delivery.Refused("413"), 2, true, T0).outcome().state())
        .isEqualTo(NotificationState.DEAD);
  }

  @Test
  void parksWhatABrokenReceiverCannotTake() {
    RetryPolicy.Step step = after(new Delivery.Broken("404"), 1, false, T0);

    assertThat(step.outcome().state()).isEqualTo(NotificationState.PARKED);
    assertThat(step.holdReceiver()).isEqualTo(RetryPolicy.PROBE);
  }

  @Test
  void readsStatusesAsTheTableSays() {
    assertThat(answer(204)).isInstanceOf(Delivery.Accepted.class);
    assertThat(answer(302)).isInstanceOf(Delivery.Broken.class);
    assertThat(answer(400)).isInstanceOf(Delivery.Refused.class);
    assertThat(answer(401)).isInstanceOf(Delivery.Broken.class);
    assertThat(answer(408)).isInstanceOf(Delivery.Failed.class);
    assertThat(answer(410)).isInstanceOf(Delivery.Broken.class);
    assertThat(answer(429)).isInstanceOf(Delivery.Throttled.class);
    assertThat(answer(503)).isInstanceOf(Delivery.Failed.class);
  }

  @Test
  void parksOnlyForACertificateThatIsNotTrusted() {
    SSLHandshakeException reset = new SSLHandshakeException("the other side hung up");
    SSLHandshakeException untrusted = new SSLHandshakeException("no path");
    untrusted.initCause(new CertificateException("no path"));

    assertThat(WebhookAnswer.of(untrusted)).isInstanceOf(Delivery.Broken.class);
    assertThat(WebhookAnswer.of(reset)).isInstanceOf(Delivery.NotSent.class);
    assertThat(WebhookAnswer.of(new SSLException("cut off")))
        .isInstanceOf(Delivery.Unanswered.class);
  }

  @Test
  void readsRetryAfterInSecondsOrAsADateAndNothingElse() {
    assertThat(WebhookAnswer.retryAfter(Optional.of("120"), T0)).isEqualTo(Duration.ofMinutes(2));
    assertThat(WebhookAnswer.retryAfter(Optional.of("Mon, 5 Jan 2026 10:01:00 GMT"), T0))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(WebhookAnswer.retryAfter(Optional.of("-5"), T0)).isNull();
    assertThat(WebhookAnswer.retryAfter(Optional.of("soon"), T0)).isNull();
    assertThat(WebhookAnswer.retryAfter(Optional.empty(), T0)).isNull();
  }

  private static Delivery answer(int status) {
    return WebhookAnswer.of(status, Optional.empty(), "body", T0);
  }

  private Duration hold(Delivery delivery) {
    return after(delivery, 1, false, T0).holdReceiver();
  }

  private RetryPolicy.Step after(Delivery delivery, int attempts, boolean minimal, Instant now) {
    Notification notification =
        new Notification(
            "id",
            "incident",
            "hook",
            NoticeKind.TRIGGER,
            TimelineKind.TRIGGERED,
            Severity.WARNING,
            "title",
            "{}",
            NotificationState.SENDING,
            attempts,
            minimal,
            false,
            T0,
            T0,
            null,
            null);
    return policy.after(notification, delivery, now);
  }
}
