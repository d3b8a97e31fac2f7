package io.emberwatch.collector.schedule;

import io.emberwatch.schemas.CommandStats;
import io.emberwatch.schemas.ProbeCost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Keeps what watching costs a server within a share of its one thread, by stretching the cadences
 * of the slower probes. The core is never stretched: without it nothing is known of the server.
 * Used by one poll at a time.
 */
final class ProbeBudget {

  /** An hourly look at most, of what is due each minute. */
  static final double MAX_STRETCH = 64;

  /** Stretching ends below this part of the budget, so that it does not swing. */
  private static final double RELAX_BELOW = 0.5;

  private final double budgetShare;
  private Optional<ServerCost> former = Optional.empty();
  private double stretch = 1;

  ProbeBudget(double budgetShare) {
    this.budgetShare = budgetShare;
  }

  /** Counts of a new connection begin anew. */
  void reconnected() {
    former = Optional.empty();
  }

  /** Takes a look at commandstats; empty for the first of a connection. */
  Optional<ProbeCost> look(Map<String, Long> sent, List<CommandStats> commands, Instant now) {
    ServerCost cost = ServerCost.of(sent, commands, now);
    OptionalDouble share = former.map(cost::shareSince).orElseGet(OptionalDouble::empty);
    former = Optional.of(cost);
    if (share.isEmpty()) {
      return Optional.empty();
    }
    stretch = next(stretch, share.getAsDouble() / budgetShare);
    return Optional.of(new ProbeCost(share.getAsDouble(), budgetShare, stretch));
  }

  /** A cadence as the budget allows it. */
  Duration stretched(Duration cadence) {
    return stretch == 1 ? cadence : Duration.ofMillis((long) (cadence.toMillis() * stretch));
  }

  /** Whether cadences are stretched now. */
  boolean isStretched() {
    return stretch > 1;
  }

  private static double next(double stretch, double load) {
    if (load > 1) {
      return Math.min(MAX_STRETCH, stretch * Math.max(2, load));
    }
    return load < RELAX_BELOW ? Math.max(1, stretch / 2) : stretch;
  }
}
