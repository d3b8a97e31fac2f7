package io.emberwatch.alerter.intake;

import io.emberwatch.alerter.incident.BreachEvent;
import io.emberwatch.alerter.incident.EventOrder;
import io.emberwatch.alerter.incident.Finding;
import io.emberwatch.alerter.incident.Problem;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The contract's breach as the domain's event. Texts come from outside: they are cut, freed of
 * control characters and never trusted; identities that are missing or too long are refused, since
 * a cut identity would be another one.
 */
final class BreachReader {

  private static final int MAX_IDENTITY = 200;
  private static final int MAX_SUMMARY = 1000;
  private static final int MAX_REMEDIATION = 4000;
  private static final int MAX_URL = 1000;
  private static final int MAX_LABELS = 32;
  private static final int MAX_EVIDENCE = 30;
  private static final int MAX_NAME = 60;
  private static final int MAX_VALUE = 300;
  private static final Duration MAX_REFRESH = Duration.ofDays(1);

  /** Controls, line separators, and marks that make a text read in another order than it has. */
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]");

  private BreachReader() {}

  /**
   * Reads a breach.
   *
   * @param now no time of the event is later than this
   * @throws IllegalArgumentException when an identity is missing or too long
   */
  static BreachEvent read(Breach breach, Instant now) {
    return new BreachEvent(
        problem(breach),
        identity("episode_id", breach.getEpisodeId()),
        new EventOrder(breach.getDetectorEpoch(), breach.getSequence()),
        breach.getTransition(),
        breach.getSeverity(),
        finding(breach),
        notAfter(now, breach.getStartedAt()),
        notAfter(now, breach.getFiredAt()),
        notAfter(now, breach.getOccurredAt()),
        refresh(breach.getRefreshIntervalMillis()),
        textOrNull(breach.getTraceId(), MAX_VALUE));
  }

  private static Problem problem(Breach breach) {
    String group = breach.getGroup();
    String instanceId = breach.getInstanceId();
    return new Problem(
        identity("fingerprint", breach.getFingerprint()),
        identity("rule_id", breach.getRuleId()),
        breach.getKind(),
        breach.getCause(),
        breach.getScope(),
        identity("scope_id", breach.getScopeId()),
        identity("fleet", breach.getFleet()),
        group == null ? null : identity("group", group),
        instanceId == null ? null : identity("instance_id", instanceId),
        labels(breach.getLabels()));
  }

  private static Finding finding(Breach breach) {
    return new Finding(
        number(breach.getValue()),
        number(breach.getThreshold()),
        text(breach.getUnit(), MAX_NAME),
        text(breach.getSummary(), MAX_SUMMARY),
        text(breach.getRemediation(), MAX_REMEDIATION),
        webAddress(breach.getRunbookUrl()),
        evidence(breach.getEvidence()));
  }

  private static Map<String, String> labels(Map<String, String> raw) {
    Map<String, String> labels = new LinkedHashMap<>();
    raw.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(MAX_LABELS)
        .forEach(
            label -> labels.put(text(label.getKey(), MAX_NAME), text(label.getValue(), MAX_VALUE)));
    return labels;
  }

  private static List<Finding.Figure> evidence(List<Evidence> raw) {
    return raw.stream()
        .limit(MAX_EVIDENCE)
        .map(
            one ->
                new Finding.Figure(
                    text(one.getName(), MAX_NAME),
                    number(one.getValue()),
                    text(one.getText(), MAX_VALUE)))
        .toList();
  }

  private static String identity(String field, String value) {
    if (value.isBlank()
        || value.length() > MAX_IDENTITY
        || !value.equals(text(value, MAX_IDENTITY))) {
      throw new IllegalArgumentException(
          field + " must have 1 to " + MAX_IDENTITY + " characters and no control character");
    }
    return value;
  }

  private static String text(String value, int maxChars) {
    String cut = value;
    if (value.length() > maxChars) {
      int end = Character.isHighSurrogate(value.charAt(maxChars - 2)) ? maxChars - 2 : maxChars - 1;
      cut = value.substring(0, end) + "…";
    }
    return CONTROL.matcher(cut).replaceAll(" ");
  }

  private static @Nullable String textOrNull(@Nullable String value, int maxChars) {
    return value == null ? null : text(value, maxChars);
  }

  /** An address that is not of the web, such as one that runs a script, is left out. */
  private static @Nullable String webAddress(@Nullable String value) {
    return value != null
            && value.length() <= MAX_URL
            && (value.startsWith("https://") || value.startsWith("http://"))
        ? text(value, MAX_URL)
        : null;
  }

  private static @Nullable Double number(@Nullable Double value) {
    return value == null || value.isNaN() || value.isInfinite() ? null : value;
  }

  private static Instant notAfter(Instant now, Instant time) {
    return time.isAfter(now) ? now : time;
  }

  private static Duration refresh(long millis) {
    Duration interval = Duration.ofMillis(Math.max(0, millis));
    return interval.compareTo(MAX_REFRESH) > 0 ? MAX_REFRESH : interval;
  }
}
