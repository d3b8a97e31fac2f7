package io.emberwatch.local.demo;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one fault went. Durations count from the fault, but {@code resolved} from its healing; null
 * where it did not come to it.
 *
 * @param fault what was done
 * @param breach until the breach fired
 * @param incident until the incident was told
 * @param notified until the webhook had arrived
 * @param resolved from healing until the incident was resolved
 * @param resolvedNotified from healing until the webhook of the end had arrived
 */
record FaultRun(
    Fault fault,
    @Nullable Duration breach,
    @Nullable Duration incident,
    @Nullable Duration notified,
    @Nullable Duration resolved,
    @Nullable Duration resolvedNotified) {

  /** What did not happen; empty when all did. */
  Optional<String> failure() {
    if (breach == null) {
      return Optional.of("no breach of " + String.join(" or ", fault.rules()));
    }
    if (incident == null) {
      return Optional.of("no incident of class " + fault.cause());
    }
    if (notified == null) {
      return Optional.of("no notification");
    }
    if (resolved == null) {
      return Optional.of("not resolved");
    }
    return resolvedNotified == null ? Optional.of("no notification of the end") : Optional.empty();
  }
}
