package io.emberwatch.processor.rule;

import io.emberwatch.schemas.Scope;
import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Named values of one scope at one time: what rules judge. Immutable. */
public interface Observation {

  Scope scope();

  /** Key of the breach topic: instance id, fleet/group, or fleet. */
  String scopeId();

  String fleet();

  /** Null: the scope is a fleet. */
  @Nullable String group();

  /** Null: the scope is a group or a fleet. */
  @Nullable String instanceId();

  /** Labels of the target; of a group, those that all members share. */
  Map<String, String> labels();

  Tier tier();

  /**
   * Event time. The engine ignores an observation that is not later than the scope's newest one.
   */
  Instant at();

  /** Time between observations of this scope when all is well. */
  Duration pollInterval();

  /** Trace id of the sample behind it. Null: a clock is. */
  @Nullable String traceId();

  /**
   * The value of a name of the {@link View}: a {@link Number}, {@link Boolean}, {@link String},
   * {@code List<String>} or {@code Map<String, String>}. Null: not known, which is no evidence for
   * anything. A name outside of the view is null too.
   */
  @Nullable Object value(String name);
}
