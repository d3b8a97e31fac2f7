package io.emberwatch.collector.schedule;

import io.emberwatch.schemas.ProbeCost;
import io.emberwatch.schemas.TargetState;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Meters of polling. {@code polls} counts every result handed to the sink; with the publisher's
 * meters: polls = samples published + samples dropped + samples in flight.
 */
final class PollMetrics {

  private final MeterRegistry registry;
  private final Timer latency;
  private final Timer delay;
  private final DistributionSummary share;
  private final Map<TargetState, AtomicLong> targets = new EnumMap<>(TargetState.class);

  PollMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.latency =
        Timer.builder("emberwatch.collector.poll")
            .description("Time from the start of a poll to its sample")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    this.share =
        DistributionSummary.builder("emberwatch.collector.server.share")
            .description("Share of a server's thread that probes cost, by its commandstats")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    this.delay =
        Timer.builder("emberwatch.collector.poll.delay")
            .description("Time from the slot of a poll to its start")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    for (TargetState state : TargetState.values()) {
      AtomicLong count = new AtomicLong();
      targets.put(state, count);
      registry.gauge("emberwatch.collector.targets", Tags.of("state", state.name()), count);
    }
  }

  void polled(TargetState state, Duration took) {
    registry.counter("emberwatch.collector.polls", "state", state.name()).increment();
    latency.record(took);
  }

  /** A slot that was not polled: backpressure, overlap or fault. */
  void skipped(String reason) {
    registry.counter("emberwatch.collector.polls.skipped", "reason", reason).increment();
  }

  /** A poll begins this long after its slot; a clock that was set back is no delay. */
  void begins(Duration afterSlot) {
    delay.record(afterSlot.isNegative() ? Duration.ZERO : afterSlot);
  }

  void late() {
    registry.counter("emberwatch.collector.polls.late").increment();
  }

  /** A look at what probes cost a server. */
  void weighed(ProbeCost cost) {
    share.record(cost.getServerShare());
    if (cost.getServerShare() > cost.getBudgetShare()) {
      registry.counter("emberwatch.collector.budget.exceeded").increment();
    }
  }

  void connected(long connects) {
    registry.counter("emberwatch.collector.connects").increment((double) connects);
  }

  /** A target moves from one state to another; null for one that is new or gone. */
  void moved(@Nullable TargetState from, @Nullable TargetState to) {
    if (from != null) {
      count(from).decrementAndGet();
    }
    if (to != null) {
      count(to).incrementAndGet();
    }
  }

  private AtomicLong count(TargetState state) {
    return Objects.requireNonNull(targets.get(state));
  }
}
