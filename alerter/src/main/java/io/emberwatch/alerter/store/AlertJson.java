package io.emberwatch.alerter.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emberwatch.alerter.incident.Alert;
import io.emberwatch.alerter.incident.AlertState;
import io.emberwatch.alerter.incident.Finding;
import io.emberwatch.alerter.incident.Problem;
import io.emberwatch.schemas.BreachKind;
import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.Scope;
import io.emberwatch.schemas.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An alert as JSON, for the column that nothing searches. Fields may be added; a field that an
 * older row lacks reads as null, so a new one must be nullable.
 */
final class AlertJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private AlertJson() {}

  static String write(Alert alert) {
    try {
      return JSON.writeValueAsString(Row.of(alert));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an alert of plain values must have a JSON form", e);
    }
  }

  static Alert read(String json) {
    try {
      return JSON.readValue(json, Row.class).alert();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the alert table holds a row that is not an alert", e);
    }
  }

  private record Row(
      String fingerprint,
      String ruleId,
      BreachKind kind,
      CauseClass cause,
      Scope scope,
      String scopeId,
      String fleet,
      @Nullable String group,
      @Nullable String instanceId,
      Map<String, String> labels,
      String episodeId,
      AlertState state,
      Severity severity,
      @Nullable Double value,
      @Nullable Double threshold,
      String unit,
      String summary,
      String remediation,
      @Nullable String runbookUrl,
      List<Finding.Figure> evidence,
      long startedAtMicros,
      long firedAtMicros,
      @Nullable Long resolvedAtMicros,
      long lastSeenAtMicros,
      long refreshIntervalMillis,
      @Nullable String traceId) {

    static Row of(Alert alert) {
      Problem problem = alert.problem();
      Finding finding = alert.finding();
      return new Row(
          problem.fingerprint(),
          problem.ruleId(),
          problem.kind(),
          problem.cause(),
          problem.scope(),
          problem.scopeId(),
          problem.fleet(),
          problem.group(),
          problem.instanceId(),
          problem.labels(),
          alert.episodeId(),
          alert.state(),
          alert.severity(),
          finding.value(),
          finding.threshold(),
          finding.unit(),
          finding.summary(),
          finding.remediation(),
          finding.runbookUrl(),
          finding.evidence(),
          Micros.of(alert.startedAt()),
          Micros.of(alert.firedAt()),
          Micros.ofNullable(alert.resolvedAt()),
          Micros.of(alert.lastSeenAt()),
          alert.refreshInterval().toMillis(),
          alert.traceId());
    }

    Alert alert() {
      return new Alert(
          problem(),
          episodeId,
          state,
          severity,
          new Finding(
              value,
              threshold,
              unit,
              summary,
              remediation,
              runbookUrl,
              Objects.requireNonNullElse(evidence, List.of())),
          Micros.instant(startedAtMicros),
          Micros.instant(firedAtMicros),
          Micros.instant(resolvedAtMicros),
          Micros.instant(lastSeenAtMicros),
          Duration.ofMillis(refreshIntervalMillis),
          traceId);
    }

    private Problem problem() {
      return new Problem(
          fingerprint, ruleId, kind, cause, scope, scopeId, fleet, group, instanceId, labels);
    }
  }
}
