package io.emberwatch.processor.rule;

import io.emberwatch.processor.state.ActiveRule;
import io.emberwatch.processor.state.Episode;
import io.emberwatch.processor.state.LevelState;
import io.emberwatch.processor.state.WindowSlice;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One observation under one rule.
 *
 * @param state after it; empty when the rule is at rest
 * @param transition to publish, if any
 */
record RuleStep(Optional<ActiveRule> state, Optional<Breach> transition) {

  /**
   * Polls whose evidence may be missing before a streak counts as interrupted. A collector backs
   * off from a dead target, so this is wider than the 3 intervals of a signal pair.
   */
  private static final int TOLERATED_POLLS = 10;

  private static final ActiveRule AT_REST =
      new ActiveRule(Level.AT_REST, Level.AT_REST, null, null, Map.of());

  static RuleStep of(
      Rule rule, Levels levels, @Nullable ActiveRule before, Observation seen, Instant at) {
    ActiveRule was = before == null ? AT_REST : before;
    Map<String, List<WindowSlice>> windows = slide(rule, was, seen, at);
    Values values = name -> valueOf(rule, windows, seen, name);
    boolean broken = isInterrupted(levels, was, seen, at);
    LevelState warningWas = broken ? Level.interrupted(was.getWarning()) : was.getWarning();
    LevelState criticalWas = broken ? Level.interrupted(was.getCritical()) : was.getCritical();
    Verdict warningSays = judge(rule, levels.warning(), warningWas, values);
    Verdict criticalSays = judge(rule, levels.critical(), criticalWas, values);
    if (warningSays == Verdict.UNKNOWN && criticalSays == Verdict.UNKNOWN) {
      return unchanged(was, windows);
    }
    LevelState critical = next(levels.critical(), criticalWas, criticalSays, at);
    LevelState warning = next(levels.warning(), warningWas, warningSays, at);
    if (Level.isFiring(critical) && warning.getHoldingSince() != null) {
      // Whoever is critical is at least in warning, so that the way down leads through it.
      warning = fire(warning, at);
    }
    Severity severity = severity(warning, critical);
    Verdict says = severity == Severity.CRITICAL ? criticalSays : warningSays;
    Optional<Transition> transition = transition(rule, was.getEpisode(), severity, says, at);
    Episode episode = was.getEpisode();
    if (transition.isPresent()) {
      Instant since = since(severity, warning, critical, at);
      episode = advance(rule, was.getEpisode(), severity, since, at);
    }
    Episode told = episode;
    Optional<Breach> breach =
        transition.map(t -> Announcement.of(rule, levels, t, notNull(told), seen, values));
    Episode kept = severity == null ? null : episode;
    ActiveRule next = new ActiveRule(warning, critical, at, kept, windows);
    return new RuleStep(resting(next) ? Optional.empty() : Optional.of(next), breach);
  }

  private static RuleStep unchanged(ActiveRule was, Map<String, List<WindowSlice>> windows) {
    ActiveRule next =
        new ActiveRule(
            was.getWarning(), was.getCritical(), was.getEvidenceAt(), was.getEpisode(), windows);
    return new RuleStep(resting(next) ? Optional.empty() : Optional.of(next), Optional.empty());
  }

  private static Map<String, List<WindowSlice>> slide(
      Rule rule, ActiveRule was, Observation seen, Instant at) {
    if (rule.counts().isEmpty()) {
      return Map.of();
    }
    Map<String, List<WindowSlice>> windows = new HashMap<>();
    for (EventCount count : rule.counts()) {
      List<WindowSlice> window = was.getWindows().getOrDefault(count.name(), List.of());
      Double increment = increment(seen.value(count.of()));
      List<WindowSlice> next = increment == null ? window : count.add(window, increment, at);
      if (!next.isEmpty()) {
        windows.put(count.name(), next);
      }
    }
    return windows;
  }

  private static @Nullable Double increment(@Nullable Object value) {
    if (value instanceof Boolean happened) {
      return happened ? 1.0 : 0.0;
    }
    return value instanceof Number number ? (Double) number.doubleValue() : null;
  }

  private static @Nullable Object valueOf(
      Rule rule, Map<String, List<WindowSlice>> windows, Observation seen, String name) {
    for (EventCount count : rule.counts()) {
      if (count.name().equals(name)) {
        boolean known = seen.value(count.of()) != null;
        return known ? EventCount.total(windows.getOrDefault(name, List.of())) : null;
      }
    }
    return seen.value(name);
  }

  private static boolean isInterrupted(
      Levels levels, ActiveRule was, Observation seen, Instant at) {
    if (was.getEvidenceAt() == null) {
      return false;
    }
    Duration polls = seen.pollInterval().multipliedBy(TOLERATED_POLLS);
    Duration hold = levels.longestHold();
    Duration limit = polls.compareTo(hold) > 0 ? polls : hold;
    return at.isAfter(was.getEvidenceAt().plus(limit));
  }

  private static Verdict judge(Rule rule, @Nullable Level level, LevelState was, Values values) {
    return level == null
        ? Verdict.UNKNOWN
        : rule.judge(level.condition(), values, Level.isFiring(was));
  }

  private static LevelState next(
      @Nullable Level level, LevelState was, Verdict verdict, Instant at) {
    return level == null ? Level.AT_REST : level.next(was, verdict, at);
  }

  private static LevelState fire(LevelState state, Instant at) {
    return Level.isFiring(state)
        ? state
        : new LevelState(state.getHoldingSince(), state.getHeld(), at, null);
  }

  private static @Nullable Severity severity(LevelState warning, LevelState critical) {
    if (Level.isFiring(critical)) {
      return Severity.CRITICAL;
    }
    return Level.isFiring(warning) ? Severity.WARNING : null;
  }

  private static Optional<Transition> transition(
      Rule rule, @Nullable Episode was, @Nullable Severity now, Verdict says, Instant at) {
    if (was == null) {
      return now == null ? Optional.empty() : Optional.of(Transition.FIRING);
    }
    if (now == null) {
      return Optional.of(Transition.RESOLVED);
    }
    int change = now.compareTo(Severity.valueOf(was.getSeverity()));
    if (change != 0) {
      return Optional.of(change > 0 ? Transition.ESCALATED : Transition.DEESCALATED);
    }
    boolean due = !at.isBefore(was.getAnnouncedAt().plus(rule.refresh()));
    return due && says != Verdict.UNKNOWN ? Optional.of(Transition.REFRESHED) : Optional.empty();
  }

  private static Instant since(
      @Nullable Severity severity, LevelState warning, LevelState critical, Instant at) {
    LevelState level = severity == Severity.CRITICAL ? critical : warning;
    return level.getHoldingSince() == null ? at : level.getHoldingSince();
  }

  private static Episode advance(
      Rule rule, @Nullable Episode was, @Nullable Severity severity, Instant since, Instant at) {
    String kind = rule.kind().name();
    String cause = rule.explanation().cause().name();
    if (was == null) {
      return new Episode(since, at, at, 1L, String.valueOf(severity), kind, cause);
    }
    String now = severity == null ? was.getSeverity() : severity.name();
    return new Episode(
        was.getStartedAt(), was.getFiredAt(), at, was.getSequence() + 1, now, kind, cause);
  }

  private static Episode notNull(@Nullable Episode episode) {
    return Optional.ofNullable(episode).orElseThrow();
  }

  private static boolean resting(ActiveRule state) {
    return state.getEpisode() == null
        && state.getWarning().equals(Level.AT_REST)
        && state.getCritical().equals(Level.AT_REST)
        && state.getWindows().isEmpty();
  }
}
