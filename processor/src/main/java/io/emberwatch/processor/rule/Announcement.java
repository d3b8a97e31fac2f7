package io.emberwatch.processor.rule;

import io.emberwatch.processor.state.Episode;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.BreachKind;
import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.Evidence;
import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Transition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a transition into words: the record that is published. */
final class Announcement {

  private Announcement() {}

  /**
   * A transition of a rule in force.
   *
   * @param episode after the transition
   */
  static Breach of(
      Rule rule,
      Levels levels,
      Transition transition,
      Episode episode,
      Observation observation,
      Values values) {
    Explanation words = rule.explanation();
    Double value = words.signal() == null ? null : values.number(words.signal());
    Double threshold = threshold(levels.of(Severity.valueOf(episode.getSeverity())));
    return common(rule.id(), transition, episode, observation)
        .setValue(value)
        .setThreshold(threshold)
        .setUnit(words.unit().wireName())
        .setSummary(words.summary().render(n -> figure(n, value, threshold, words, values)))
        .setRemediation(words.remediation())
        .setRunbookUrl(words.runbook())
        .setEvidence(evidence(words, values))
        .setRefreshIntervalMillis(refresh(rule, observation).toMillis())
        .build();
  }

  /** A repeat needs a sample: where polls are rarer than repeats, the polls set the pace. */
  private static Duration refresh(Rule rule, Observation observation) {
    Duration poll = observation.pollInterval();
    return poll.compareTo(rule.refresh()) > 0 ? poll : rule.refresh();
  }

  /** The end of an episode whose rule or scope is gone. */
  static Breach withdrawn(String ruleId, Episode last, Observation observation, Instant at) {
    Episode ended =
        Episode.newBuilder(last).setAnnouncedAt(at).setSequence(last.getSequence() + 1).build();
    return common(ruleId, Transition.RESOLVED, ended, observation)
        .setSummary("no longer watched: the rule or the target was removed or disabled")
        .setRemediation("")
        .setEvidence(List.of())
        .setRefreshIntervalMillis(0)
        .build();
  }

  private static Breach.Builder common(
      String ruleId, Transition transition, Episode episode, Observation observation) {
    String fingerprint = Fingerprint.of(ruleId, observation.scopeId());
    long epoch = ChronoUnit.MICROS.between(Instant.EPOCH, episode.getFiredAt());
    return Breach.newBuilder()
        .setScopeId(observation.scopeId())
        .setScope(observation.scope())
        .setFingerprint(fingerprint)
        .setEpisodeId(fingerprint + "-" + epoch)
        .setDetectorEpoch(epoch)
        .setSequence(episode.getSequence())
        .setRuleId(ruleId)
        .setKind(BreachKind.valueOf(episode.getKind()))
        .setTransition(transition)
        .setSeverity(Severity.valueOf(episode.getSeverity()))
        .setCause(CauseClass.valueOf(episode.getCause()))
        .setFleet(observation.fleet())
        .setGroup(observation.group())
        .setInstanceId(observation.instanceId())
        .setLabels(Map.copyOf(observation.labels()))
        .setStartedAt(episode.getStartedAt())
        .setFiredAt(episode.getFiredAt())
        .setOccurredAt(episode.getAnnouncedAt())
        .setTraceId(observation.traceId());
  }

  private static @Nullable Double threshold(@Nullable Level level) {
    return level != null && level.condition() instanceof Condition.Threshold threshold
        ? (Double) threshold.trigger()
        : null;
  }

  private static String figure(
      String name,
      @Nullable Double value,
      @Nullable Double threshold,
      Explanation words,
      Values values) {
    return switch (name) {
      case "value" -> Figure.text(value, words.unit());
      case "threshold" -> Figure.text(threshold, words.unit());
      default -> Figure.text(values.get(name), unitOf(name, words));
    };
  }

  private static List<Evidence> evidence(Explanation words, Values values) {
    List<Evidence> evidence = new ArrayList<>();
    for (String name : words.evidence()) {
      Object value = values.get(name);
      if (value != null) {
        String text = Figure.text(value, unitOf(name, words));
        evidence.add(new Evidence(name, values.number(name), text));
      }
    }
    return List.copyOf(evidence);
  }

  private static Unit unitOf(String name, Explanation words) {
    return name.equals(words.signal()) ? words.unit() : Figure.unitOf(name);
  }
}
