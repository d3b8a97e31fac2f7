package io.emberwatch.alerter.incident;

import io.emberwatch.schemas.BreachKind;
import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.Scope;
import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Breach events with sane defaults: {@code breach("memory_high").critical().sequence(3).at(t)}. */
public record Breaches(
    String ruleId,
    String group,
    CauseClass cause,
    String instance,
    int episode,
    long epoch,
    long sequence,
    Transition transition,
    Severity severity,
    Duration refresh) {

  public static Breaches breach(String ruleId) {
    return new Breaches(
        ruleId,
        "cache-1",
        CauseClass.MEMORY,
        "10.0.0.1:6379",
        1,
        1,
        1,
        Transition.FIRING,
        Severity.WARNING,
        Duration.ofSeconds(60));
  }

  public Breaches group(String value) {
    return new Breaches(
        ruleId, value, cause, instance, episode, epoch, sequence, transition, severity, refresh);
  }

  public Breaches cause(CauseClass value) {
    return new Breaches(
        ruleId, group, value, instance, episode, epoch, sequence, transition, severity, refresh);
  }

  public Breaches instance(String value) {
    return new Breaches(
        ruleId, group, cause, value, episode, epoch, sequence, transition, severity, refresh);
  }

  public Breaches episode(int value) {
    return new Breaches(
        ruleId, group, cause, instance, value, epoch, sequence, transition, severity, refresh);
  }

  public Breaches epoch(long value) {
    return new Breaches(
        ruleId, group, cause, instance, episode, value, sequence, transition, severity, refresh);
  }

  public Breaches sequence(long value) {
    return new Breaches(
        ruleId, group, cause, instance, episode, epoch, value, transition, severity, refresh);
  }

  public Breaches transition(Transition value) {
    return new Breaches(
        ruleId, group, cause, instance, episode, epoch, sequence, value, severity, refresh);
  }

  public Breaches severity(Severity value) {
    return new Breaches(
        ruleId, group, cause, instance, episode, epoch, sequence, transition, value, refresh);
  }

  public Breaches critical() {
    return severity(Severity.CRITICAL);
  }

  public Breaches resolved() {
    return transition(Transition.RESOLVED);
  }

  public Breaches refresh(Duration value) {
    return new Breaches(
        ruleId, group, cause, instance, episode, epoch, sequence, transition, severity, value);
  }

  public BreachEvent at(Instant time) {
    String scopeId = "prod/" + group + "/" + instance;
    String fingerprint = ruleId + "@" + scopeId;
    Problem problem =
        new Problem(
            fingerprint,
            ruleId,
            BreachKind.THRESHOLD,
            cause,
            Scope.INSTANCE,
            scopeId,
            "prod",
            group,
            scopeId,
            Map.of("owner", "payments"));
    Finding finding =
        new Finding(
            0.96,
            0.9,
            "ratio",
            ruleId + " on " + instance,
            "Raise maxmemory or find who writes.",
            null,
            List.of(new Finding.Figure("mem_util", 0.96, "96 %")));
    return new BreachEvent(
        problem,
        fingerprint + "#" + episode,
        new EventOrder(epoch, sequence),
        transition,
        severity,
        finding,
        time.minusSeconds(30),
        time,
        time,
        refresh,
        "collector-1:42");
  }
}
