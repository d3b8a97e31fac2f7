package io.emberwatch.processor.group;

import io.emberwatch.processor.rule.Observation;
import io.emberwatch.schemas.Scope;
import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group as rules see it.
 *
 * @param at when it is judged: the view's time, or later where samples share one
 * @param traceId trace id of the sample that changed the view
 */
public record GroupObservation(
    GroupView view, GroupFigures figures, Instant at, @Nullable String traceId)
    implements Observation {

  @Override
  public Scope scope() {
    return Scope.GROUP;
  }

  @Override
  public String scopeId() {
    return view.fleet() + "/" + view.group();
  }

  @Override
  public String fleet() {
    return view.fleet();
  }

  @Override
  public String group() {
    return view.group();
  }

  @Override
  public @Nullable String instanceId() {
    return null;
  }

  @Override
  public Map<String, String> labels() {
    return view.sharedLabels();
  }

  @Override
  public Tier tier() {
    return view.sharedTier();
  }

  @Override
  public Duration pollInterval() {
    return view.pollInterval();
  }

  @Override
  public @Nullable Object value(String name) {
    return figures.value(name);
  }
}
