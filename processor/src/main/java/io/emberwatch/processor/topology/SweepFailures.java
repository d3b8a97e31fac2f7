package io.emberwatch.processor.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a sweep go on after one instance failed, and then fails it once, so that the failure becomes
 * a dead letter. An instance that fails again is only counted until it has succeeded, or a fault
 * that lasts would write a letter each second.
 */
final class SweepFailures {

  private static final int NAMED_INSTANCES = 10;

  private final Counter counter;
  private final Set<String> known = new HashSet<>();
  private final List<String> fresh = new ArrayList<>();
  private @Nullable RuntimeException first;

  SweepFailures(MeterRegistry meters) {
    this.counter =
        Counter.builder("emberwatch.processor.absence.failures")
            .description("Looks at an instance that failed in a sweep")
            .register(meters);
  }

  /** The judgement, or null if it failed. */
  <T> @Nullable T guard(String instanceId, Supplier<T> judgement) {
    try {
      T result = judgement.get();
      known.remove(instanceId);
      return result;
    } catch (RuntimeException e) {
      counter.increment();
      if (known.add(instanceId)) {
        fresh.add(instanceId);
        first = first == null ? e : first;
      }
      return null;
    }
  }

  /**
   * At the end of a sweep.
   *
   * @throws IllegalStateException if an instance failed that did not fail before
   */
  void report() {
    if (fresh.isEmpty()) {
      return;
    }
    String message =
        "%d instances cannot be judged, first %s"
            .formatted(fresh.size(), fresh.subList(0, Math.min(NAMED_INSTANCES, fresh.size())));
    RuntimeException cause = first;
    fresh.clear();
    first = null;
    throw new IllegalStateException(message, cause);
  }
}
