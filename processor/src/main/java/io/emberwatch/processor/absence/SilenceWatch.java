package io.emberwatch.processor.absence;

import io.emberwatch.processor.rule.Evaluation;
import io.emberwatch.processor.rule.RuleEngine;
import io.emberwatch.processor.state.LastSeen;
import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Signals;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Judges the silence of one instance by the rules of kind ABSENCE (collector_stale: 3 intervals
 * without a sample warn, 10 are critical).
 *
 * <p>Expected are the instances heard from in the last {@link AbsenceLimits#forgetAfter()}, until a
 * last sample says that the target was {@link #retired}. One that was removed while no collector
 * could say so is reported, and forgotten after that time. O(rules) an instance; nothing at all
 * while it is heard from.
 */
public final class SilenceWatch {

  private final RuleEngine rules;
  private final AbsenceLimits limits;

  /**
   * @param rules engine of the rules of {@link io.emberwatch.processor.rule.View#ABSENCE}
   */
  public SilenceWatch(RuleEngine rules, AbsenceLimits limits) {
    this.rules = rules;
    this.limits = limits;
  }

  /** What is remembered after a sample, which may be older than the newest one. */
  public static LastSeen seen(@Nullable LastSeen before, Signals signals) {
    if (before != null && !signals.getSampledAt().isAfter(before.getSampledAt())) {
      return before;
    }
    return LastSeen.newBuilder()
        .setFleet(signals.getFleet())
        .setGroup(signals.getGroup())
        .setLabels(signals.getLabels())
        .setTier(signals.getTier().name())
        .setSampledAt(signals.getSampledAt())
        .setPollIntervalMillis(signals.getPollIntervalMillis())
        .build();
  }

  /**
   * Looks at one instance in a sweep. While the partition is not live, a young sample is no proof
   * that the instance is back: what fires goes on.
   *
   * @param state state of its rules; null: nothing is pending or fires
   * @param now wall-clock time
   */
  public Judgement swept(
      String instanceId,
      LastSeen seen,
      @Nullable RuleStates state,
      Progress progress,
      Instant now) {
    Duration silence = progress.age(seen.getSampledAt(), now);
    boolean heard = silence.toMillis() <= seen.getPollIntervalMillis();
    if (heard && (state == null || !progress.live())) {
      return new Judgement.Heard();
    }
    if (silence.compareTo(limits.forgetAfter()) > 0) {
      AbsenceObservation last = observation(instanceId, seen, state, silence, now);
      return new Judgement.Forgotten(last, rules.retire(state, last));
    }
    return judged(observation(instanceId, seen, state, silence, now), state);
  }

  /** Looks at one instance of which a sample just arrived while something was pending or fired. */
  public Judgement returned(
      String instanceId, LastSeen seen, RuleStates state, Progress progress, Instant now) {
    Duration silence = progress.age(seen.getSampledAt(), now);
    return judged(observation(instanceId, seen, state, silence, now), state);
  }

  /**
   * Ends the watch of an instance whose collector says that it was taken out of the definitions.
   *
   * @param seen from its last poll, if that is known
   */
  public Judgement.Forgotten retired(
      String instanceId, LastSeen seen, @Nullable RuleStates state, Instant now) {
    AbsenceObservation last = observation(instanceId, seen, state, Duration.ZERO, now);
    return new Judgement.Forgotten(last, rules.retire(state, last));
  }

  private Judgement judged(AbsenceObservation observation, @Nullable RuleStates state) {
    Evaluation evaluation = rules.evaluate(state, observation);
    RuleStates next = evaluation.state().getRules().isEmpty() ? null : evaluation.state();
    return new Judgement.Judged(next, evaluation.transitions());
  }

  private static AbsenceObservation observation(
      String instanceId, LastSeen seen, @Nullable RuleStates state, Duration silence, Instant now) {
    return new AbsenceObservation(instanceId, seen, after(state, now), silence);
  }

  /** The engine ignores what is not later than before; a sample may arrive in a sweep's instant. */
  private static Instant after(@Nullable RuleStates state, Instant now) {
    if (state == null || now.isAfter(state.getObservedAt())) {
      return now;
    }
    return state.getObservedAt().plus(1, ChronoUnit.MICROS);
  }
}
