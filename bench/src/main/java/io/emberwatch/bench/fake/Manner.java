package io.emberwatch.bench.fake;

/** How a fake server treats those who ask it. */
public enum Manner {
  /** As a healthy Redis 7.0. */
  NORMAL,
  /** Takes connections and commands, and never answers. */
  HANGING,
  /** Nobody listens. */
  REFUSING,
  /** Answers with bytes that are no RESP, or that are and make no sense. */
  GARBAGE,
  /** Answers with a bulk string that does not end, as fast as it is read. */
  ENDLESS
}
