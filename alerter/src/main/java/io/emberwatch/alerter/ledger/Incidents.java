package io.emberwatch.alerter.ledger;

import io.emberwatch.alerter.incident.Answer;
import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.IncidentMachine;
import io.emberwatch.alerter.incident.TimelineKind;
import io.emberwatch.alerter.store.Database;
import io.emberwatch.alerter.store.IncidentFilter;
import io.emberwatch.alerter.store.Session;
import io.emberwatch.alerter.store.Timeline.TimelineRow;
import io.emberwatch.schemas.IncidentStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What people read of incidents and ask of them. Each call is one transaction; asking for the same
 * again is harmless. Every method throws a runtime exception when the database does not answer.
 * Thread-safe.
 */
public final class Incidents {

  /** Rows of an incident's timeline and notifications that a page shows. */
  public static final int MAX_ROWS = 1000;

  /** Longest text of a note or reason, in characters. */
  public static final int MAX_TEXT = 4000;

  /** Longest name of a person, in characters. */
  public static final int MAX_ACTOR = 100;

  private final Database database;
  private final IncidentMachine machine;
  private final DecisionWriter writer;
  private final Clock clock;

  public Incidents(Database database, IncidentMachine machine, DecisionWriter writer, Clock clock) {
    this.database = database;
    this.machine = machine;
    this.writer = writer;
    this.clock = clock;
  }

  /** Incidents with their alerts, newest first; for the next page, filter before the last id. */
  public List<Incident> list(IncidentFilter filter) {
    return database.transact(session -> session.incidents().list(filter));
  }

  /** Number of incidents by status; a status without any is absent. */
  public Map<IncidentStatus, Long> countByStatus() {
    return database.transact(session -> session.incidents().countByStatus());
  }

  /** All that is on record of an incident; empty when there is none with this id. */
  public Optional<IncidentFile> read(String id) {
    return database.transact(
        session ->
            session
                .incidents()
                .find(id)
                .map(
                    incident ->
                        new IncidentFile(
                            incident,
                            session.timeline().of(id, MAX_ROWS),
                            session.outbox().of(id, MAX_ROWS))));
  }

  /**
   * Takes an incident. Of two at once the first wins and the second finds it taken.
   *
   * @param actor who asks, 1 to {@value #MAX_ACTOR} characters
   * @throws IllegalArgumentException when the actor is blank or too long
   */
  public Reply acknowledge(String id, String actor) {
    check("actor", actor, MAX_ACTOR);
    return ask(id, (incident, now) -> machine.acknowledge(incident, actor, now));
  }

  /**
   * Ends an incident by hand; alerts that still fire page no more until they become worse.
   *
   * @param note why, up to {@value #MAX_TEXT} characters; null when nothing was said
   * @throws IllegalArgumentException when a text is blank or too long
   */
  public Reply resolve(String id, String actor, @Nullable String note) {
    check("actor", actor, MAX_ACTOR);
    if (note != null) {
      check("note", note, MAX_TEXT);
    }
    return ask(id, (incident, now) -> machine.resolve(incident, actor, note, now));
  }

  /**
   * Writes something down. The same words of the same person twice in a row count once.
   *
   * @throws IllegalArgumentException when a text is blank or too long
   */
  public Reply note(String id, String actor, String text) {
    check("actor", actor, MAX_ACTOR);
    check("text", text, MAX_TEXT);
    Instant now = clock.instant();
    return database.transact(
        session -> {
          Optional<Incident> incident = session.incidents().lock(id);
          if (incident.isEmpty()) {
            return new Reply.NotFound(id);
          }
          return saidAlready(session, id, actor, text)
              ? new Reply.Unchanged(incident.get())
              : write(session, machine.note(incident.get(), actor, text, now), now);
        });
  }

  private Reply ask(String id, BiFunction<Incident, Instant, Answer> question) {
    Instant now = clock.instant();
    return database.transact(
        session ->
            session
                .incidents()
                .lock(id)
                .map(incident -> write(session, question.apply(incident, now), now))
                .orElseGet(() -> new Reply.NotFound(id)));
  }

  private Reply write(Session session, Answer answer, Instant now) {
    if (answer instanceof Answer.Applied applied) {
      writer.write(session, applied.decision(), now);
      return new Reply.Done(applied.decision().incident());
    }
    if (answer instanceof Answer.Refused refused) {
      return new Reply.Conflict(refused.incident(), refused.reason());
    }
    return new Reply.Unchanged(((Answer.Unchanged) answer).incident());
  }

  private static boolean saidAlready(Session session, String id, String actor, String text) {
    List<TimelineRow> last = session.timeline().of(id, 1);
    return !last.isEmpty()
        && last.get(0).kind() == TimelineKind.NOTED
        && last.get(0).actor().equals(actor)
        && text.equals(last.get(0).text());
  }

  private static void check(String what, String text, int maxChars) {
    if (text.isBlank() || text.length() > maxChars) {
      throw new IllegalArgumentException(
          what + " must have 1 to " + maxChars + " characters and not be blank");
    }
  }
}
