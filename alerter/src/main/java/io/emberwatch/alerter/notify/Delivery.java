package io.emberwatch.alerter.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one attempt went. {@code detail} is for people and holds no secret. */
public sealed interface Delivery {

  String detail();

  /** The receiver has it. */
  record Accepted(String detail) implements Delivery {}

  /** No connection came about: nothing was sent. */
  record NotSent(String detail) implements Delivery {}

  /** The receiver failed and may do better later. */
  record Failed(String detail) implements Delivery {}

  /**
   * The receiver wants less.
   *
   * @param retryAfter what it asked for; null when it said nothing that makes sense
   */
  record Throttled(String detail, @Nullable Duration retryAfter) implements Delivery {}

  /** Sent without an answer: it may have arrived. */
  record Unanswered(String detail) implements Delivery {}

  /** The receiver does not take this body. */
  record Refused(String detail) implements Delivery {}

  /** The receiver's set-up is wrong: no notification will get through until somebody mends it. */
  record Broken(String detail) implements Delivery {}
}
