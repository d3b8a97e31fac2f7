package io.emberwatch.processor.absence;

import io.emberwatch.processor.rule.Observation;
import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from a look at one instance. */
public sealed interface Judgement {

  /** Transitions to be published, usually none. */
  List<Breach> transitions();

  /** It was heard from within its interval and nothing fires: nothing to do. */
  record Heard() implements Judgement {
    @Override
    public List<Breach> transitions() {
      return List.of();
    }
  }

  /**
   * Its rules were judged.
   *
   * @param rules state to be kept; null: none is needed
   */
  record Judged(@Nullable RuleStates rules, List<Breach> transitions) implements Judgement {
    public Judged {
      transitions = List.copyOf(transitions);
    }
  }

  /**
   * It was retired, or silent for so long that it is no longer expected; all of its state is to be
   * dropped.
   *
   * @param last what it was, and when it was given up
   */
  record Forgotten(Observation last, List<Breach> transitions) implements Judgement {
    public Forgotten {
      transitions = List.copyOf(transitions);
    }
  }
}
