package io.emberwatch.processor.rule;

import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import java.util.List;

/**
 * What follows from one observation.
 *
 * @param state to be kept for the next observation of the scope
 * @param transitions to be published, in this order; usually none
 * @param late whether the observation was ignored, being not later than the scope's newest; state
 *     is then the one given and there are no transitions
 */
public record Evaluation(RuleStates state, List<Breach> transitions, boolean late) {

  public Evaluation {
    transitions = List.copyOf(transitions);
  }
}
