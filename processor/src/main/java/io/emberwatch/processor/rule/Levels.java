package io.emberwatch.processor.rule;

import io.emberwatch.schemas.Severity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The severities of a rule.
 *
 * @param warning null: the rule has none
 * @param critical null: the rule has none
 */
record Levels(@Nullable Level warning, @Nullable Level critical) {

  Levels {
    if (warning == null && critical == null) {
      throw new IllegalArgumentException("a rule needs a warning or a critical level");
    }
  }

  Levels scaled(double factor) {
    return new Levels(
        warning == null ? null : warning.scaled(factor),
        critical == null ? null : critical.scaled(factor));
  }

  @Nullable Level of(Severity severity) {
    return severity == Severity.CRITICAL ? critical : warning;
  }

  /** The longest for-duration. */
  Duration longestHold() {
    Duration low = warning == null ? Duration.ZERO : warning.hold();
    Duration high = critical == null ? Duration.ZERO : critical.hold();
    return low.compareTo(high) > 0 ? low : high;
  }
}
