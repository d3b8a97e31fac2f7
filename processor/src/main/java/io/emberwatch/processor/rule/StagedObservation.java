package io.emberwatch.processor.rule;

import io.emberwatch.schemas.Scope;
import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An observation of a made-up scope, for the rules' own tests.
 *
 * @param sinceStart time after the start of the sequence
 * @param values what is known
 */
record StagedObservation(View view, Tier tier, Duration sinceStart, Map<String, Object> values)
    implements Observation {

  /** Fifteen seconds: the collector's default. */
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(15);

  StagedObservation {
    values = Map.copyOf(values);
  }

  @Override
  public Scope scope() {
    return view.scope();
  }

  @Override
  public String scopeId() {
    return view == View.GROUP ? "fleet/group" : "fleet/group/host:6379";
  }

  @Override
  public String fleet() {
    return "fleet";
  }

  @Override
  public String group() {
    return "group";
  }

  @Override
  public @Nullable String instanceId() {
    return view == View.GROUP ? null : scopeId();
  }

  @Override
  public Map<String, String> labels() {
    return Map.of();
  }

  @Override
  public Instant at() {
    return Instant.EPOCH.plus(sinceStart);
  }

  @Override
  public Duration pollInterval() {
    return POLL_INTERVAL;
  }

  @Override
  public @Nullable String traceId() {
    return null;
  }

  @Override
  public @Nullable Object value(String name) {
    return values.get(name);
  }
}
