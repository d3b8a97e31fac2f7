package io.emberwatch.processor.rule;

import java.util.Locale;

/** Unit of a value, as breaches name it and as people read it. */
public enum Unit {
  /** 0 to 1, or above 1 where a share can exceed the whole. */
  RATIO,
  BYTES,
  SECONDS,
  MICROSECONDS,
  /** Events per second. */
  PER_SECOND,
  COUNT,
  /** No unit. */
  NONE;

  /** The name in a breach: lower case; empty for {@link #NONE}. */
  public String wireName() {
    return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
  }
}
