package io.emberwatch.alerter.web.page;

import io.emberwatch.alerter.incident.Alert;
import io.emberwatch.alerter.incident.AlertState;
import io.emberwatch.alerter.incident.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One alert with its evidence.
 *
 * @param state {@code Firing}, {@code Signal lost} or {@code Resolved}
 * @param judged value against threshold; empty when the rule has none
 * @param runbook address that a browser may open; null when there is none
 * @param resolved null while it is not
 */
record AlertView(
    String rule,
    String scope,
    Labels.Badge severity,
    String state,
    boolean active,
    String summary,
    String judged,
    String remediation,
    @Nullable String runbook,
    List<Finding.Figure> evidence,
    Times.Moment fired,
    Times.@Nullable Moment resolved,
    Times.Moment seen) {

  static AlertView of(Alert alert, Instant now) {
    Finding finding = alert.finding();
    Instant resolvedAt = alert.resolvedAt();
    return new AlertView(
        alert.problem().ruleId(),
        alert.problem().scopeId(),
        Labels.severity(alert.severity()),
        alert.state() == AlertState.STALE ? "Signal lost" : Labels.sentence(alert.state()),
        alert.active(),
        finding.summary(),
        judged(finding),
        finding.remediation(),
        webAddress(finding.runbookUrl()),
        finding.evidence(),
        Times.moment(alert.firedAt(), now),
        resolvedAt == null ? null : Times.moment(resolvedAt, now),
        Times.moment(alert.lastSeenAt(), now));
  }

  private static String judged(Finding finding) {
    if (finding.value() == null) {
      return "";
    }
    String value = Figures.of(finding.value(), finding.unit());
    return finding.threshold() == null
        ? value
        : value + " against a threshold of " + Figures.of(finding.threshold(), finding.unit());
  }

  /** Only what leads to a page: a link of another scheme could run something. */
  private static @Nullable String webAddress(@Nullable String url) {
    if (url == null) {
      return null;
    }
    String lower = url.toLowerCase(Locale.ROOT);
    return lower.startsWith("https://") || lower.startsWith("http://") ? url : null;
  }
}
