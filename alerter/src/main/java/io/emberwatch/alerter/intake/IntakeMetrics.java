package io.emberwatch.alerter.intake;

import io.emberwatch.alerter.ledger.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts of the intake. Records read and committed = events of all verdicts + quarantined +
 * skipped.
 */
public final class IntakeMetrics {

  private final Map<Verdict, Counter> events = new EnumMap<>(Verdict.class);
  private final Counter quarantined;
  private final Counter skipped;
  private final Counter stalls;
  private final Counter healthUnreadable;

  public IntakeMetrics(MeterRegistry registry) {
    for (Verdict verdict : Verdict.values()) {
      events.put(
          verdict,
          Counter.builder("emberwatch.alerter.events")
              .description("Breach events by what became of them")
              .tag("verdict", verdict.name().toLowerCase(java.util.Locale.ROOT))
              .register(registry));
    }
    quarantined =
        counter(registry, "quarantined", "Records that could not be processed: dead letters");
    skipped =
        counter(registry, "skipped", "Records before the stored offset, applied by another reader");
    stalls = counter(registry, "intake.stalls", "Times that the intake paused for a fault");
    healthUnreadable =
        counter(registry, "health.unreadable", "Records of the health topic that cannot be read");
  }

  void applied(Verdict verdict) {
    Counter counter = events.get(verdict);
    if (counter != null) {
      counter.increment();
    }
  }

  void quarantined() {
    quarantined.increment();
  }

  void skipped(int records) {
    skipped.increment(records);
  }

  void stalled() {
    stalls.increment();
  }

  void healthUnreadable() {
    healthUnreadable.increment();
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("emberwatch.alerter." + name)
        .description(description)
        .register(registry);
  }
}
