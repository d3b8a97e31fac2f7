package io.emberwatch.collector.connect;

import io.emberwatch.schemas.TargetState;
import java.util.Optional;
import java.util.function.Function;

/** What came of asking a server one thing. */
public sealed interface ProbeOutcome<T> {

  /**
   * It answered.
   *
   * @param latencyMicros from sending to receiving, queueing on the connection included
   */
  record Answered<T>(T value, long latencyMicros) implements ProbeOutcome<T> {}

  /**
   * It answered with an error.
   *
   * @param code first word of the error: NOPERM, ERR, LOADING, ...
   * @param message one line, at most {@link Faults#MAX_TEXT} characters
   */
  record Refused<T>(String code, String message) implements ProbeOutcome<T> {}

  /** No answer within the poll's deadline. */
  record TimedOut<T>() implements ProbeOutcome<T> {}

  /**
   * The connection failed.
   *
   * @param state what it says about the server
   * @param error one line without secrets
   */
  record Failed<T>(TargetState state, String error) implements ProbeOutcome<T> {}

  /** The value, if there was an answer. */
  default Optional<T> answer() {
    return this instanceof Answered<T> answered ? Optional.of(answered.value()) : Optional.empty();
  }

  /** The same with the answer read as something else. */
  default <R> ProbeOutcome<R> map(Function<T, R> reading) {
    if (this instanceof Answered<T> answered) {
      return new Answered<>(reading.apply(answered.value()), answered.latencyMicros());
    }
    if (this instanceof Refused<T> refused) {
      return new Refused<>(refused.code(), refused.message());
    }
    if (this instanceof Failed<T> failed) {
      return new Failed<>(failed.state(), failed.error());
    }
    return new TimedOut<>();
  }
}
