package io.emberwatch.alerter.notify;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What an HTTP answer, or its absence, means for a notification. Pure. */
final class WebhookAnswer {

  private WebhookAnswer() {}

  /**
   * An answer.
   *
   * @param body the first characters of it
   * @param retryAfter header of that name
   */
  static Delivery of(int status, Optional<String> retryAfter, String body, Instant now) {
    String detail = "status " + status + (body.isBlank() ? "" : ": " + oneLine(body));
    if (status >= 200 && status < 300) {
      return new Delivery.Accepted("status " + status);
    }
    if (status == 429 || (status == 503 && retryAfter.isPresent())) {
      return new Delivery.Throttled(detail, retryAfter(retryAfter, now));
    }
    if (status == 408 || status == 425 || status >= 500) {
      return new Delivery.Failed(detail);
    }
    return status == 400 || status == 413 || status == 422
        ? new Delivery.Refused(detail)
        : new Delivery.Broken(detail);
  }

  /**
   * No answer: what is known of why. A certificate that is not trusted stays so until somebody
   * acts; a handshake that breaks off for another reason has sent nothing and may do better.
   * Messages of exceptions are left out, they may hold the URL.
   */
  static Delivery of(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
        return new Delivery.Broken("not trusted: " + cause.getClass().getSimpleName());
      }
    }
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLHandshakeException
          || cause instanceof ConnectException
          || cause instanceof HttpConnectTimeoutException
          || cause instanceof UnknownHostException
          || cause instanceof UnresolvedAddressException) {
        return new Delivery.NotSent("no connection: " + cause.getClass().getSimpleName());
      }
    }
    return new Delivery.Unanswered("no answer: " + fault.getClass().getSimpleName());
  }

  /** Seconds or an HTTP date; anything else, and what is past, is null. */
  static @Nullable Duration retryAfter(Optional<String> header, Instant now) {
    String text = header.orElse("").strip();
    try {
      if (text.matches("\\d{1,9}")) {
        return Duration.ofSeconds(Long.parseLong(text));
      }
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return until.isAfter(now) ? Duration.between(now, until) : null;
    } catch (DateTimeParseException notADate) {
      return null;
    }
  }

  private static String oneLine(String body) {
    return body.strip().replaceAll("\\p{Cntrl}+", " ");
  }
}
