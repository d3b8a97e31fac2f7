package io.emberwatch.alerter.ledger;

import io.emberwatch.alerter.incident.Decision;
import io.emberwatch.alerter.incident.Effect;
import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.NoticeKind;
import io.emberwatch.alerter.notify.NoticeFormat;
import io.emberwatch.alerter.publish.IncidentRecords;
import io.emberwatch.alerter.route.Routes;
import io.emberwatch.alerter.store.Session;
import io.emberwatch.alerter.store.Timeline.TimelineRow;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a decision: the incident, its timeline, the events for downstream and the notices to
 * receivers, all or nothing.
 */
public final class DecisionWriter {

  private static final Logger LOG = LoggerFactory.getLogger(DecisionWriter.class);

  private final Routes routes;
  private final NoticeFormat format;

  public DecisionWriter(Routes routes, NoticeFormat format) {
    this.routes = routes;
    this.format = format;
  }

  /** Writes within the session's transaction; the incident must have been locked in it, or new. */
  void write(Session session, Decision decision, Instant now) {
    session.incidents().save(decision.incident());
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.Recorded recorded) {
        record(session, recorded, now);
      } else if (effect instanceof Effect.Notify notify) {
        notify(session, notify, now);
      }
    }
  }

  private static void record(Session session, Effect.Recorded recorded, Instant now) {
    Incident incident = recorded.after();
    TimelineRow row =
        new TimelineRow(recorded.kind(), recorded.at(), now, recorded.actor(), recorded.text());
    session.timeline().append(incident.id(), row);
    recorded
        .kind()
        .published()
        .map(kind -> IncidentRecords.toBytes(IncidentRecords.of(recorded, kind)))
        .ifPresent(
            payload -> session.publications().add(incident.id(), incident.revision(), payload));
    LOG.info(
        "event=incident_{} incident={} slot={} status={} severity={} revision={}",
        recorded.kind(),
        incident.id(),
        incident.slot().key(),
        incident.status(),
        incident.severity(),
        incident.revision());
  }

  private void notify(Session session, Effect.Notify notify, Instant now) {
    for (String receiver : receivers(session, notify)) {
      session.outbox().add(format.draft(notify, receiver), now);
    }
  }

  /** Whoever was told of a problem hears how it goes on, whatever the routes say by now. */
  private Collection<String> receivers(Session session, Effect.Notify notify) {
    Set<String> told = session.outbox().told(notify.after().id());
    if (notify.kind() != NoticeKind.TRIGGER) {
      return told;
    }
    Set<String> all = new TreeSet<>(told);
    all.addAll(routes.receivers(notify.after().severity()));
    return all;
  }
}
