package io.emberwatch.processor.rule;

import io.emberwatch.processor.state.ActiveRule;
import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges the observations of scopes against the rules of one view. Pure and thread-safe: the same
 * states and observations give the same transitions, so a replay equals the live run.
 *
 * <ul>
 *   <li>A value that is not known is no evidence: it neither fires nor clears, and nothing is
 *       refreshed, so that a breach without evidence goes stale instead of looking alive.
 *   <li>For-durations count event time, and only time that was witnessed: after a gap in the
 *       evidence they start anew.
 *   <li>A rule that was removed or disabled, or no longer applies to the scope, ends what it fires.
 *   <li>An episode's detector epoch is the time at which it began to fire, in microseconds, and its
 *       sequence counts from 1: both lie in the state, or follow from it, so they survive a
 *       restart.
 * </ul>
 */
public final class RuleEngine {

  private final List<Rule> rules;

  RuleEngine(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Judges one observation.
   *
   * @param before the scope's state, not changed; null: none yet
   */
  public Evaluation evaluate(@Nullable RuleStates before, Observation observation) {
    Instant at = observation.at().truncatedTo(ChronoUnit.MICROS);
    if (before != null && !at.isAfter(before.getObservedAt())) {
      return new Evaluation(before, List.of(), true);
    }
    Map<String, ActiveRule> leftOver =
        before == null ? new TreeMap<>() : new TreeMap<>(before.getRules());
    Map<String, ActiveRule> active = new HashMap<>();
    List<Breach> transitions = new ArrayList<>();
    for (Rule rule : rules) {
      Levels levels = rule.levelsFor(observation);
      if (levels != null) {
        RuleStep step = RuleStep.of(rule, levels, leftOver.remove(rule.id()), observation, at);
        step.state().ifPresent(state -> active.put(rule.id(), state));
        step.transition().ifPresent(transitions::add);
      }
    }
    leftOver.forEach((id, state) -> end(id, state, observation, at, transitions));
    return new Evaluation(new RuleStates(at, active), transitions, false);
  }

  /**
   * Ends all that fires on a scope which is no longer watched.
   *
   * @param before the scope's state; null: none, and nothing follows
   * @param last says what the scope was and when it was given up; its values are not judged. Not
   *     earlier than the newest observation, or that one's time is taken
   * @return the transitions; the caller drops the state
   */
  public List<Breach> retire(@Nullable RuleStates before, Observation last) {
    if (before == null) {
      return List.of();
    }
    Instant given = last.at().truncatedTo(ChronoUnit.MICROS);
    Instant at = given.isBefore(before.getObservedAt()) ? before.getObservedAt() : given;
    List<Breach> transitions = new ArrayList<>();
    new TreeMap<>(before.getRules()).forEach((id, state) -> end(id, state, last, at, transitions));
    return List.copyOf(transitions);
  }

  private void end(
      String ruleId,
      ActiveRule state,
      Observation observation,
      Instant at,
      List<Breach> transitions) {
    if (state.getEpisode() != null) {
      transitions.add(Announcement.withdrawn(ruleId, state.getEpisode(), observation, at));
    }
  }
}
