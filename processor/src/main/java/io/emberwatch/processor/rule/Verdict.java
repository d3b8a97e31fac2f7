package io.emberwatch.processor.rule;

/** What an observation says about a condition. */
enum Verdict {
  /** It holds. */
  HOLDS,
  /** It does not hold, but the clear level is not reached either: inside the hysteresis band. */
  BETWEEN,
  /** It does not hold, and the clear level is reached. */
  CLEAR,
  /** A value is not known: no evidence for anything. */
  UNKNOWN
}
