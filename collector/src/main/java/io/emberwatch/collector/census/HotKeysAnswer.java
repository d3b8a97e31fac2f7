package io.emberwatch.collector.census;

import io.emberwatch.collector.census.HotKeysReading.Session;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.schemas.HotKeysEnd;
import java.util.Optional;

/**
 * What came of asking a server for its hot keys.
 *
 * @param refusal first word of the server's error, such as NOPERM; only with REFUSED
 * @param session only with TOLD
 */
record HotKeysAnswer(HotKeysEnd end, Optional<String> refusal, Optional<Session> session) {

  /** In the error of START while a session is under way, whoever started it. */
  private static final String IN_PROGRESS = "in progress";

  static HotKeysAnswer told(Session session) {
    return new HotKeysAnswer(HotKeysEnd.TOLD, Optional.empty(), Optional.of(session));
  }

  static HotKeysAnswer of(HotKeysEnd end) {
    return new HotKeysAnswer(end, Optional.empty(), Optional.empty());
  }

  /** For an outcome that is no answer. */
  static HotKeysAnswer without(ProbeOutcome<?> outcome) {
    if (!(outcome instanceof Refused<?> refused)) {
      return of(HotKeysEnd.CONNECTION);
    }
    return refused.message().contains(IN_PROGRESS)
        ? of(HotKeysEnd.BUSY)
        : new HotKeysAnswer(HotKeysEnd.REFUSED, Optional.of(refused.code()), Optional.empty());
  }
}
