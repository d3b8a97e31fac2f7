package io.emberwatch.processor.rule;

import org.jspecify.annotations.Nullable;

/** Named values that a condition judges: those of the observation and the rule's own counts. */
@FunctionalInterface
interface Values {

  /** Null: not known. Types as in {@link Observation#value}. */
  @Nullable Object get(String name);

  /** The value as a number; null when it is not known, not a number, or NaN. */
  default @Nullable Double number(String name) {
    return get(name) instanceof Number number && !Double.isNaN(number.doubleValue())
        ? (Double) number.doubleValue()
        : null;
  }
}
