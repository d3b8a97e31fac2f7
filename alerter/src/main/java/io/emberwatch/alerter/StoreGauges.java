package io.emberwatch.alerter;

import io.emberwatch.alerter.store.Database;
import io.emberwatch.schemas.IncidentStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Figures that only the database knows, read now and then so that a scrape asks nothing of it. */
final class StoreGauges {

  private final Database database;
  private final Clock clock;
  private final Map<IncidentStatus, AtomicLong> incidents = new EnumMap<>(IncidentStatus.class);
  private final AtomicLong oldestDueMillis;
  private final AtomicLong publicationsWaiting;

  StoreGauges(Database database, MeterRegistry registry, Clock clock) {
    this.database = database;
    this.clock = clock;
    for (IncidentStatus status : IncidentStatus.values()) {
      if (status != IncidentStatus.UNKNOWN) {
        incidents.put(status, new AtomicLong());
      }
    }
    incidents.forEach(
        (status, count) ->
            Gauge.builder("emberwatch.alerter.incidents", count, AtomicLong::get)
                .description("Incidents by status")
                .tag("status", status.name().toLowerCase(Locale.ROOT))
                .register(registry));
    oldestDueMillis =
        gauge(registry, "outbox.oldest.due.age.millis", "Age of the oldest notice that is overdue");
    publicationsWaiting =
        gauge(registry, "incident.events.waiting", "Incident events that Kafka has not got yet");
  }

  /** Reads the figures anew; there is nothing more to do at once. */
  boolean refresh() {
    Instant now = clock.instant();
    database.transact(
        session -> {
          Map<IncidentStatus, Long> counts = session.incidents().countByStatus();
          incidents.forEach((status, count) -> count.set(counts.getOrDefault(status, 0L)));
          oldestDueMillis.set(
              session
                  .outbox()
                  .oldestDue(now)
                  .map(due -> Duration.between(due, now).toMillis())
                  .orElse(0L));
          publicationsWaiting.set(session.publications().waiting());
          return true;
        });
    return false;
  }

  private static AtomicLong gauge(MeterRegistry registry, String name, String description) {
    AtomicLong value = new AtomicLong();
    Gauge.builder("emberwatch.alerter." + name, value, AtomicLong::get)
        .description(description)
        .register(registry);
    return value;
  }
}
