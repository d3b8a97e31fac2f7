package io.emberwatch.alerter.ledger;

import io.emberwatch.alerter.incident.IncidentMachine;
import io.emberwatch.alerter.store.Database;
import io.emberwatch.alerter.store.Timers;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Fires timers that are due, each in a transaction of its own. A timer that is long overdue, as
 * after downtime, fires once.
 */
public final class TimerRunner {

  /** A round stays short, so that stopping does not wait for it. */
  private static final int ROUND = 200;

  private final Database database;
  private final IncidentMachine machine;
  private final DecisionWriter writer;
  private final Clock clock;

  public TimerRunner(
      Database database, IncidentMachine machine, DecisionWriter writer, Clock clock) {
    this.database = database;
    this.machine = machine;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Fires what is due now; returns how many timers it looked at. One that fails does not keep those
   * behind it waiting.
   *
   * @throws RuntimeException of the first that failed, after all were tried
   */
  public int fireDue() {
    Instant now = clock.instant();
    List<Timers.Due> due = database.transact(session -> session.timers().due(now, ROUND));
    List<RuntimeException> failures = new ArrayList<>();
    for (Timers.Due timer : due) {
      try {
        fire(timer);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return due.size();
  }

  /** The incident is asked under its lock whether it still waits: what was overtaken is nothing. */
  private boolean fire(Timers.Due due) {
    Instant now = clock.instant();
    return database.transact(
        session ->
            session
                .incidents()
                .lock(due.incidentId())
                .flatMap(incident -> machine.timer(incident, due.kind(), now))
                .map(
                    decision -> {
                      writer.write(session, decision, now);
                      return true;
                    })
                .orElse(false));
  }
}
