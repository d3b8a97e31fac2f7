package io.emberwatch.alerter.ledger;

import io.emberwatch.alerter.incident.BreachEvent;
import io.emberwatch.alerter.incident.Candidates;
import io.emberwatch.alerter.incident.Decision;
import io.emberwatch.alerter.incident.EventOrder;
import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.IncidentMachine;
import io.emberwatch.alerter.incident.Slot;
import io.emberwatch.alerter.incident.TimelineKind;
import io.emberwatch.alerter.incident.Watermark;
import io.emberwatch.alerter.store.Session;
import io.emberwatch.alerter.store.Timeline.TimelineRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes breach events in: each once, and each fingerprint in its order. */
public final class BreachLedger {

  private final IncidentMachine machine;
  private final DecisionWriter writer;

  public BreachLedger(IncidentMachine machine, DecisionWriter writer) {
    this.machine = machine;
    this.writer = writer;
  }

  /** Applies one event within the session's transaction. Applying it again changes nothing. */
  public Verdict apply(Session session, BreachEvent event, Instant now) {
    if (!session.inbox().add(eventId(event), now)) {
      return Verdict.DUPLICATE;
    }
    Optional<Watermark> watermark = session.inbox().watermark(event.problem().fingerprint());
    if (watermark.isPresent() && watermark.get().covers(event.order())) {
      noteLate(session, watermark.get(), event, now);
      return Verdict.LATE;
    }
    String holderId = watermark.map(Watermark::incidentId).orElse(null);
    Candidates candidates = candidates(session, holderId, event.problem().slot());
    List<Decision> decisions = machine.breach(candidates, event, now);
    decisions.forEach(decision -> writer.write(session, decision, now));
    String incidentId =
        decisions.isEmpty() ? holderId : decisions.get(decisions.size() - 1).incident().id();
    session.inbox().save(new Watermark(event.problem().fingerprint(), event.order(), incidentId));
    return decisions.isEmpty() ? Verdict.IGNORED : Verdict.APPLIED;
  }

  private static Candidates candidates(Session session, @Nullable String holderId, Slot slot) {
    Incident holder = holderId == null ? null : session.incidents().lock(holderId).orElse(null);
    Incident open = session.incidents().lockOpen(slot).orElse(null);
    Incident latest =
        open == null ? session.incidents().lockLatestResolved(slot).orElse(null) : null;
    return new Candidates(holder, open, latest);
  }

  private static void noteLate(
      Session session, Watermark watermark, BreachEvent event, Instant now) {
    String incidentId = watermark.incidentId();
    if (incidentId != null) {
      String text =
          "late %s of %s, no effect".formatted(event.transition(), event.problem().ruleId());
      TimelineRow row =
          new TimelineRow(
              TimelineKind.LATE_EVENT, event.occurredAt(), now, IncidentMachine.SYSTEM, text);
      session.timeline().append(incidentId, row);
    }
  }

  private static String eventId(BreachEvent event) {
    EventOrder order = event.order();
    return event.problem().fingerprint() + ":" + order.epoch() + ":" + order.sequence();
  }
}
