package io.emberwatch.processor.rule;

import io.emberwatch.processor.state.LevelState;
import java.time.Duration;
import java.time.Instant;

/**
 * One severity of a rule: a condition, how long it must hold to fire, and how long its clear level
 * must hold to end. Times are event times; a condition must hold at every observation in between.
 *
 * @param hold for-duration, 0 or more
 * @param samples observations in a row that must agree, 1 or more
 * @param clearHold 0 or more
 */
record Level(Condition condition, Duration hold, int samples, Duration clearHold) {

  static final LevelState AT_REST = new LevelState(null, 0, null, null);

  Level {
    if (hold.isNegative() || clearHold.isNegative() || samples < 1) {
      throw new IllegalArgumentException("hold, clearHold or samples is out of range");
    }
  }

  Level scaled(double factor) {
    return new Level(condition, scaled(hold, factor), samples, scaled(clearHold, factor));
  }

  static Duration scaled(Duration duration, double factor) {
    return Duration.ofMillis(Math.round(duration.toMillis() * factor));
  }

  /** The state after a verdict; {@code UNKNOWN} changes nothing. */
  LevelState next(LevelState was, Verdict verdict, Instant at) {
    return switch (verdict) {
      case UNKNOWN -> was;
      case HOLDS -> holding(was, at);
      case BETWEEN ->
          isFiring(was)
              ? new LevelState(was.getHoldingSince(), was.getHeld(), was.getFiringSince(), null)
              : AT_REST;
      case CLEAR -> isFiring(was) ? clearing(was, at) : AT_REST;
    };
  }

  /** The state after a gap in the evidence: what was not witnessed does not count. */
  static LevelState interrupted(LevelState was) {
    return isFiring(was)
        ? new LevelState(was.getHoldingSince(), was.getHeld(), was.getFiringSince(), null)
        : AT_REST;
  }

  static boolean isFiring(LevelState state) {
    return state.getFiringSince() != null;
  }

  private LevelState holding(LevelState was, Instant at) {
    Instant since = was.getHoldingSince() == null ? at : was.getHoldingSince();
    if (isFiring(was)) {
      return new LevelState(since, was.getHeld(), was.getFiringSince(), null);
    }
    int held = was.getHeld() + 1;
    boolean due = held >= samples && !at.isBefore(since.plus(hold));
    return new LevelState(since, held, due ? at : null, null);
  }

  private LevelState clearing(LevelState was, Instant at) {
    Instant since = was.getClearSince() == null ? at : was.getClearSince();
    return at.isBefore(since.plus(clearHold))
        ? new LevelState(was.getHoldingSince(), was.getHeld(), was.getFiringSince(), since)
        : AT_REST;
  }
}
