package io.emberwatch.collector.census;

import io.emberwatch.collector.census.HotKeysReading.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A session of HOTKEYS that this collector started. A server has one session at a time, whoever
 * started it, and HOTKEYS does not say who did: this tells ours by the server's own time of its
 * start. Pure.
 *
 * @param startedMillis by the server's clock, as the server tells it
 */
record HotKeySession(long startedMillis) {

  /**
   * A server with 100 000 commands a second writes down 6000 of them, and one with 1000 still 600
   * in a session. Not a round number, so that a session of ours is not mistaken for one that a
   * person typed.
   */
  static final int SAMPLE_RATIO = 17;

  /** The server ends the session after this by itself, whatever becomes of the collector. */
  static final Duration DURATION = Duration.ofSeconds(10);

  /** A server notices the end in its cron, a tenth of a second late by default. */
  static final Duration NOTICED_WITHIN = Duration.ofSeconds(1);

  /** Another collector reads its session within seconds of the end; later, nobody comes back. */
  private static final Duration READ_WITHIN = Duration.ofMinutes(1);

  /** The session that is told right after HOTKEYS START was accepted; empty if it is not ours. */
  static Optional<HotKeySession> started(HotKeysReading told) {
    return told instanceof Session session && session.sampleRatio() == SAMPLE_RATIO
        ? Optional.of(new HotKeySession(session.startedMillis()))
        : Optional.empty();
  }

  /** Whether this is the session that was started. */
  boolean is(Session told) {
    return told.startedMillis() == startedMillis && told.sampleRatio() == SAMPLE_RATIO;
  }

  /**
   * Whether these figures were left by a collector that died before it read them: a session such as
   * collectors start, at its full length, and long over. Another START may replace it.
   *
   * @param serverMillis the server's clock; where it is not told, nothing is abandoned
   */
  static boolean isAbandoned(Session told, OptionalLong serverMillis) {
    return !told.active()
        && told.sampleRatio() == SAMPLE_RATIO
        && isWhole(told.durationMillis().orElse(0))
        && serverMillis.isPresent()
        && serverMillis.getAsLong() - told.startedMillis() > DURATION.plus(READ_WITHIN).toMillis();
  }

  private static boolean isWhole(long millis) {
    return millis >= DURATION.toMillis() && millis <= DURATION.plus(NOTICED_WITHIN).toMillis();
  }
}
