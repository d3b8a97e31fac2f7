package io.emberwatch.processor.rule;

import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A sequence of observations with the transitions that a rule must answer with: what the rule
 * promises, in its own file. Refreshes are not compared.
 */
record RuleTest(String ruleId, String name, List<StagedObservation> sequence, List<Step> expected) {

  RuleTest {
    sequence = List.copyOf(sequence);
    expected = List.copyOf(expected);
  }

  /** A transition at a time after the start of the sequence. */
  record Step(Duration at, Transition transition, Severity severity) {}

  /** Whether it shows the rule firing. */
  boolean fires() {
    return expected.stream().anyMatch(step -> step.transition() == Transition.FIRING);
  }

  /** What the rule really does. */
  List<Step> run(Rule rule) {
    RuleEngine engine = new RuleEngine(List.of(rule));
    RuleStates state = null;
    List<Step> steps = new ArrayList<>();
    for (StagedObservation observation : sequence) {
      Evaluation evaluation = engine.evaluate(state, observation);
      state = evaluation.state();
      for (Breach breach : evaluation.transitions()) {
        if (breach.getTransition() != Transition.REFRESHED) {
          steps.add(
              new Step(observation.sinceStart(), breach.getTransition(), breach.getSeverity()));
        }
      }
    }
    return steps;
  }
}
