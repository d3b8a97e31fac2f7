package io.emberwatch.processor.health;

import io.emberwatch.schemas.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a new health is worth a record: at once if its state, what fires, or who takes part
 * changed; figures alone once per interval, so that the topic stays light.
 *
 * @param figuresInterval time between two records that differ in figures alone
 */
public record Publication(Duration figuresInterval) {

  /** 5 s: quicker than any page is read, and a third of the default poll interval. */
  public static final Publication DEFAULT = new Publication(Duration.ofSeconds(5));

  /** A health of no instances is gone: it is published as a tombstone. */
  public static boolean isGone(Health health) {
    return health.getInstances() == 0;
  }

  /**
   * True if {@code next} is to be published.
   *
   * @param last published last; null: none
   */
  public boolean isDue(@Nullable Health last, Health next) {
    if (last == null) {
      return !isGone(next);
    }
    if (!essence(last).equals(essence(next))) {
      return true;
    }
    Instant due = last.getUpdatedAt().plus(figuresInterval);
    return !next.getUpdatedAt().isBefore(due);
  }

  private static List<Object> essence(Health health) {
    return List.of(
        health.getState(),
        health.getFiringRules(),
        health.getLabels(),
        health.getInstances(),
        health.getReachable(),
        health.getPrimaries(),
        health.getReplicas(),
        Objects.requireNonNullElse(health.getTargetState(), ""),
        Objects.requireNonNullElse(health.getRole(), ""),
        Objects.requireNonNullElse(health.getVersion(), ""));
  }
}
