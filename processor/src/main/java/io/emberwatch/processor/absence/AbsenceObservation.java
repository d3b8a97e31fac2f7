package io.emberwatch.processor.absence;

import io.emberwatch.processor.rule.Observation;
import io.emberwatch.processor.state.LastSeen;
import io.emberwatch.schemas.Scope;
import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How old the newest sample of an instance is.
 *
 * @param at wall-clock time
 * @param freshness age of the newest sample, 0 or more
 */
record AbsenceObservation(String instanceId, LastSeen seen, Instant at, Duration freshness)
    implements Observation {

  private static final double MILLIS_PER_SECOND = 1000;

  @Override
  public Scope scope() {
    return Scope.INSTANCE;
  }

  @Override
  public String scopeId() {
    return instanceId;
  }

  @Override
  public String fleet() {
    return seen.getFleet();
  }

  @Override
  public String group() {
    return seen.getGroup();
  }

  @Override
  public Map<String, String> labels() {
    return seen.getLabels();
  }

  @Override
  public Tier tier() {
    return Arrays.stream(Tier.values())
        .filter(tier -> tier.name().equals(seen.getTier()))
        .findFirst()
        .orElse(Tier.UNSPECIFIED);
  }

  @Override
  public Duration pollInterval() {
    return Duration.ofMillis(seen.getPollIntervalMillis());
  }

  @Override
  public @Nullable String traceId() {
    return null;
  }

  @Override
  public @Nullable Object value(String name) {
    return switch (name) {
      case "freshness_seconds" -> freshness.toMillis() / MILLIS_PER_SECOND;
      case "freshness_intervals" ->
          seen.getPollIntervalMillis() > 0
              ? (double) freshness.toMillis() / seen.getPollIntervalMillis()
              : null;
      default -> null;
    };
  }
}
