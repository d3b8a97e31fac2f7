package io.emberwatch.alerter.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.IncidentMachine;
import io.emberwatch.alerter.incident.IncidentPolicy;
import io.emberwatch.alerter.incident.NoticeKind;
import io.emberwatch.alerter.incident.TimelineKind;
import io.emberwatch.alerter.intake.BreachLog;
import io.emberwatch.alerter.ledger.BreachLedger;
import io.emberwatch.alerter.ledger.DecisionWriter;
import io.emberwatch.alerter.notify.NoticeFormat;
import io.emberwatch.alerter.route.Routes;
import io.emberwatch.alerter.store.Database;
import io.emberwatch.alerter.store.DatabaseSettings;
import io.emberwatch.alerter.store.IncidentFilter;
import io.emberwatch.alerter.store.Notification;
import io.emberwatch.alerter.store.NotificationState;
import io.emberwatch.schemas.IncidentStatus;
import io.emberwatch.schemas.Severity;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/**
 * Nothing is lost and nothing doubled when the process dies before or after any commit, before a
 * send, or between a send and the commit of its outcome. The steps are random, by a fixed seed.
 */
abstract class CrashContract {

  private static final int MIN_DEATHS = 50;

  /** With no waits and reopening for ever, the stream alone decides what is to be told. */
  private static final IncidentPolicy DECIDED_BY_THE_STREAM =
      new IncidentPolicy(Duration.ZERO, Duration.ZERO, Duration.ofDays(365));

  private static final IncidentPolicy SHORT_WAITS =
      new IncidentPolicy(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(1));

  private static final List<Routes.Route> BOTH_ALWAYS =
      List.of(
          new Routes.Route("hook", Severity.WARNING), new Routes.Route("chat", Severity.WARNING));
  private static final List<Routes.Route> PAGER_IF_CRITICAL =
      List.of(
          new Routes.Route("hook", Severity.WARNING), new Routes.Route("pager", Severity.CRITICAL));

  /** Settings of the database of this name, empty when it is first opened. */
  abstract DatabaseSettings named(String name);

  @Test
  void tellsExactlyWhatAnAlerterThatNeverDiesTells() {
    CrashRun run = new CrashRun(named("exact"), DECIDED_BY_THE_STREAM, BOTH_ALWAYS, 1);
    run.toTheEnd();
    Set<String> expected = decidedWithoutDeaths(run.stream().log());
    try (Database database = Database.open(named("exact"))) {
      assertThat(decided(database)).isEqualTo(expected);
      verify(run, database, "exact");
    }
  }

  @Test
  void keepsItsPromisesWhileTimersRun() {
    CrashRun run = new CrashRun(named("timers"), SHORT_WAITS, PAGER_IF_CRITICAL, 11);
    run.toTheEnd();
    try (Database database = Database.open(named("timers"))) {
      verify(run, database, "timers");
    }
  }

  private void verify(CrashRun run, Database database, String name) {
    assertThat(run.deaths()).as(name).isGreaterThanOrEqualTo(MIN_DEATHS);
    assertThat(coordinates(run.stream().log())).as(name).hasSize(run.stream().poison());
    int copies = 0;
    int arrivals = 0;
    for (Incident incident : incidents(database)) {
      assertThat(incident.status()).as(name).isEqualTo(IncidentStatus.RESOLVED);
      for (MoodyReceiver receiver : run.receivers()) {
        copies += verifyLane(database, incident, receiver, name);
      }
    }
    for (MoodyReceiver receiver : run.receivers()) {
      arrivals += receiver.taken().size();
    }
    assertThat(arrivals).as("the stream gives the receivers work, %s", name).isGreaterThan(25);
    assertThat(copies).as("copies, %s", name).isLessThanOrEqualTo(run.unknownOutcomes());
  }

  /** One receiver's view of one incident; returns the number of copies. */
  private static int verifyLane(
      Database database, Incident incident, MoodyReceiver receiver, String name) {
    List<Notification> notices = lane(database, incident.id(), receiver.name());
    List<String> sent =
        notices.stream()
            .filter(notice -> notice.state() == NotificationState.SENT)
            .map(Notification::id)
            .toList();
    List<String> arrived =
        receiver.taken().stream()
            .filter(notice -> notice.incidentId().equals(incident.id()))
            .map(Notification::id)
            .toList();
    assertThat(notices)
        .as(name)
        .extracting(Notification::state)
        .isSubsetOf(NotificationState.SENT, NotificationState.CANCELLED);
    assertThat(new ArrayList<>(new LinkedHashSet<>(arrived)))
        .as("what arrived is what was sent, in its order, %s", name)
        .isEqualTo(sent);
    assertThat(withoutNeighbours(arrived))
        .as("a copy comes before the next, %s", name)
        .isEqualTo(sent);
    if (!sent.isEmpty()) {
      assertThat(last(notices, NotificationState.SENT).kind())
          .as("whoever was told of it was told of its end, %s", name)
          .isEqualTo(NoticeKind.RESOLVE);
    }
    assertThat(sentByTimeline(database, incident.id(), receiver.name()))
        .as("the timeline says what was sent, %s", name)
        .isEqualTo(sent.size());
    return arrived.size() - sent.size();
  }

  /** What one who never dies decides: the oracle. */
  private Set<String> decidedWithoutDeaths(BreachLog log) {
    Clock clock = Clock.fixed(CrashRun.START, ZoneOffset.UTC);
    IncidentMachine machine =
        new IncidentMachine(DECIDED_BY_THE_STREAM, () -> UUID.randomUUID().toString());
    DecisionWriter writer =
        new DecisionWriter(new Routes(BOTH_ALWAYS), new NoticeFormat("test", ""));
    try (Database database = Database.open(named("oracle"))) {
      BreachLog.Reader reader = log.reader(database, new BreachLedger(machine, writer), clock);
      while (reader.step(1, 0)) {
        // One record at a time, to the end.
      }
      return decided(database);
    }
  }

  private static Set<String> decided(Database database) {
    Set<String> decided = new TreeSet<>();
    for (Incident incident : incidents(database)) {
      for (Notification notice : notices(database, incident.id())) {
        String revision = notice.id().substring(incident.id().length());
        String text = incident.slot().key() + revision + " " + notice.reason();
        assertThat(decided.add(text)).as("%s is decided once", text).isTrue();
      }
    }
    return decided;
  }

  private static Set<String> coordinates(BreachLog log) {
    Set<String> coordinates = new TreeSet<>();
    for (ProducerRecord<byte[], byte[]> letter : log.deadLetters()) {
      coordinates.add(
          new String(
              letter.headers().lastHeader("emberwatch.offset").value(),
              java.nio.charset.StandardCharsets.UTF_8));
    }
    return coordinates;
  }

  private static List<Incident> incidents(Database database) {
    return database.transact(
        session -> session.incidents().list(IncidentFilter.all(IncidentFilter.MAX_LIMIT)));
  }

  private static List<Notification> notices(Database database, String incidentId) {
    return database.transact(session -> session.outbox().of(incidentId, 10_000));
  }

  private static List<Notification> lane(Database database, String incidentId, String receiver) {
    return notices(database, incidentId).stream()
        .filter(notice -> notice.receiver().equals(receiver))
        .toList();
  }

  private static long sentByTimeline(Database database, String incidentId, String receiver) {
    return database.transact(session -> session.timeline().of(incidentId, 10_000)).stream()
        .filter(row -> row.kind() == TimelineKind.NOTIFIED && row.actor().equals(receiver))
        .filter(row -> row.text() != null && row.text().contains(" sent: "))
        .count();
  }

  private static List<String> withoutNeighbours(List<String> ids) {
    List<String> result = new ArrayList<>();
    for (String id : ids) {
      if (result.isEmpty() || !result.get(result.size() - 1).equals(id)) {
        result.add(id);
      }
    }
    return result;
  }

  private static Notification last(List<Notification> notices, NotificationState state) {
    List<Notification> some = notices.stream().filter(n -> n.state() == state).toList();
    return some.get(some.size() - 1);
  }
}
