package io.emberwatch.processor.rule;

import io.emberwatch.schemas.CauseClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule tells people.
 *
 * @param signal name of the value shown as the breach's own; null: the rule has none
 * @param unit of that value and of the thresholds
 * @param summary one line with figures
 * @param remediation what to do
 * @param runbook page with more; null: none
 * @param evidence names of the values that support it
 */
record Explanation(
    CauseClass cause,
    @Nullable String signal,
    Unit unit,
    Template summary,
    String remediation,
    @Nullable String runbook,
    List<String> evidence) {

  Explanation {
    evidence = List.copyOf(evidence);
  }
}
