package io.emberwatch.alerter.store;

import static io.emberwatch.alerter.incident.Breaches.breach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchRuntimeException;

import io.emberwatch.alerter.incident.Candidates;
import io.emberwatch.alerter.incident.EventOrder;
import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.IncidentMachine;
import io.emberwatch.alerter.incident.IncidentPolicy;
import io.emberwatch.alerter.incident.NoticeKind;
import io.emberwatch.alerter.incident.TimelineKind;
import io.emberwatch.alerter.incident.Watermark;
import io.emberwatch.alerter.store.OutboxClaims.Outcome;
import io.emberwatch.schemas.IncidentStatus;
import io.emberwatch.schemas.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the store promises on every database. */
abstract class StoreContract {

  static final Instant NOW = Instant.parse("2026-01-05T10:00:00.123456Z");
  private static final Duration LEASE = Duration.ofSeconds(20);

  private final IncidentMachine machine =
      new IncidentMachine(IncidentPolicy.DEFAULT, () -> UUID.randomUUID().toString());

  /** The database under test, the same for all tests of a class. */
  abstract Database database();

  /** The same database, opened once more. */
  abstract Database another();

  @Test
  void readsBackTheIncidentThatWasSaved() {
    Incident saved = saved("roundtrip-1");

    assertThat(
            database()
                .<Optional<Incident>>transact(session -> session.incidents().find(saved.id())))
        .contains(saved);
  }

  @Test
  void keepsNothingOfAFailedTransaction() {
    Incident incident = incident("rollback-1");

    assertThatThrownBy(
            () ->
                database()
                    .transact(
                        session -> {
                          session.incidents().save(incident);
                          throw new IllegalStateException("boom");
                        }))
        .hasMessage("boom");
    assertThat(
            database()
                .<Optional<Incident>>transact(session -> session.incidents().find(incident.id())))
        .isEmpty();
  }

  @Test
  void holdsASlotForOneOpenIncident() {
    saved("slot-1");

    assertThatThrownBy(() -> saved("slot-1")).isInstanceOf(org.jdbi.v3.core.JdbiException.class);
  }

  @Test
  void freesTheSlotWhenTheIncidentIsResolved() {
    Incident first = saved("slot-2");
    Incident resolved = resolvedByHand(first);
    database().transact(session -> save(session, resolved));

    Incident second = saved("slot-2");

    assertThat(
            database()
                .<Optional<Incident>>transact(
                    session -> session.incidents().lockOpen(second.slot())))
        .contains(second);
    assertThat(
            database()
                .<Optional<Incident>>transact(
                    session -> session.incidents().lockLatestResolved(second.slot())))
        .contains(resolved);
  }

  @Test
  void letsOneOfTwoRacersOpenTheSlot() throws Exception {
    List<Incident> opened = Collections.synchronizedList(new ArrayList<>());
    race(
        () ->
            database()
                .transact(
                    session -> {
                      Incident mine = incident("slot-3");
                      Incident open = session.incidents().lockOpen(mine.slot()).orElse(null);
                      if (open == null) {
                        session.incidents().save(mine);
                        open = mine;
                      }
                      return open;
                    }),
        opened);

    assertThat(Set.copyOf(opened)).as("both see the same incident").hasSize(1);
  }

  @Test
  void listsNewestFirstPageByPage() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(0, saved("page-" + i, "0000000" + i + "-page").id());
    }

    IncidentFilter first = new IncidentFilter(Set.of(), null, "prod", null, "00000009", 3);
    List<Incident> page = database().transact(session -> session.incidents().list(first));
    IncidentFilter second = new IncidentFilter(Set.of(), null, "prod", null, page.get(2).id(), 3);
    List<Incident> rest = database().transact(session -> session.incidents().list(second));

    assertThat(page).extracting(Incident::id).isEqualTo(ids.subList(0, 3));
    assertThat(rest).extracting(Incident::id).isEqualTo(ids.subList(3, 5));
  }

  @Test
  void listsByStatusSeverityAndGroup() {
    Incident incident = saved("filter-1");

    assertThat(list(filter(IncidentStatus.OPEN, Severity.WARNING))).contains(incident);
    assertThat(list(filter(IncidentStatus.OPEN, Severity.CRITICAL))).isEmpty();
    assertThat(list(filter(IncidentStatus.RESOLVED, Severity.WARNING))).isEmpty();
    assertThat(
            database()
                .<Map<IncidentStatus, Long>>transact(
                    session -> session.incidents().countByStatus()))
        .containsKey(IncidentStatus.OPEN);
  }

  @Test
  void takesAnEventInOnce() {
    assertThat(database().<Boolean>transact(session -> session.inbox().add("event-1", NOW)))
        .isTrue();
    assertThat(database().<Boolean>transact(session -> session.inbox().add("event-1", NOW)))
        .isFalse();
    database().transact(session -> session.inbox().deleteBefore(NOW.plusSeconds(1)));
    assertThat(database().<Boolean>transact(session -> session.inbox().add("event-1", NOW)))
        .isTrue();
  }

  @Test
  void letsOneOfTwoRacersTakeAnEventIn() throws Exception {
    List<Boolean> taken = Collections.synchronizedList(new ArrayList<>());
    race(() -> database().<Boolean>transact(session -> session.inbox().add("event-2", NOW)), taken);

    assertThat(taken).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void remembersOffsetsAndWatermarks() {
    Watermark watermark = new Watermark("fingerprint-1", new EventOrder(3, 7), null);
    database()
        .transact(
            session -> {
              session.offsets().save("breaches", 2, 40);
              session.offsets().save("breaches", 2, 41);
              session.inbox().save(new Watermark("fingerprint-1", new EventOrder(3, 6), null));
              session.inbox().save(watermark);
              return true;
            });

    assertThat(database().<OptionalLong>transact(session -> session.offsets().next("breaches", 2)))
        .hasValue(41);
    assertThat(database().<OptionalLong>transact(session -> session.offsets().next("breaches", 3)))
        .isEmpty();
    assertThat(
            database()
                .<Optional<Watermark>>transact(
                    session -> session.inbox().watermark("fingerprint-1")))
        .contains(watermark);
  }

  @Test
  void showsTimersThatAreDue() {
    Incident incident = saved("timer-1");

    List<Timers.Due> early = database().transact(session -> session.timers().due(NOW, 1000));
    List<Timers.Due> due =
        database().transact(session -> session.timers().due(NOW.plusSeconds(30), 1000));

    assertThat(early).extracting(Timers.Due::incidentId).doesNotContain(incident.id());
    assertThat(due).extracting(Timers.Due::incidentId).contains(incident.id());
  }

  @Test
  void keepsTheTimelineInOrder() {
    Incident incident = saved("timeline-1");
    database()
        .transact(
            session -> {
              for (int i = 0; i < 5; i++) {
                session
                    .timeline()
                    .append(
                        incident.id(),
                        new Timeline.TimelineRow(TimelineKind.NOTED, NOW, NOW, "alice", "n" + i));
              }
              return true;
            });

    assertThat(
            database()
                .<List<Timeline.TimelineRow>>transact(
                    session -> session.timeline().of(incident.id(), 3)))
        .extracting(Timeline.TimelineRow::text)
        .containsExactly("n2", "n3", "n4");
  }

  @Test
  void claimsALaneInOrder() {
    Incident incident = saved("lane-1");
    enqueue(incident, "lane", NoticeKind.TRIGGER, 1);
    enqueue(incident, "lane", NoticeKind.UPDATE, 2);

    List<Notification> first = claim("lane", NOW, 10);
    assertThat(first).extracting(Notification::kind).containsExactly(NoticeKind.TRIGGER);
    assertThat(first.get(0).attempts()).isEqualTo(1);
    assertThat(claim("lane", NOW, 10)).isEmpty();

    finish(first.get(0), sent());
    assertThat(claim("lane", NOW, 10))
        .extracting(Notification::kind)
        .containsExactly(NoticeKind.UPDATE);
  }

  @Test
  void holdsALaneWhileARetryWaits() {
    Incident incident = saved("lane-2");
    enqueue(incident, "retry", NoticeKind.TRIGGER, 1);
    enqueue(incident, "retry", NoticeKind.UPDATE, 2);
    Notification first = claim("retry", NOW, 10).get(0);
    finish(
        first,
        new Outcome(NotificationState.PENDING, NOW.plusSeconds(5), false, false, "status 500"));

    assertThat(claim("retry", NOW.plusSeconds(4), 10)).isEmpty();
    assertThat(claim("retry", NOW.plusSeconds(5), 10))
        .extracting(Notification::id, Notification::attempts)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(first.id(), 2));
  }

  @Test
  void cancelsBothWhenItIsOverBeforeTheFirstAttempt() {
    Incident incident = saved("cancel-1");
    enqueue(incident, "cancel", NoticeKind.TRIGGER, 1);
    enqueue(incident, "cancel", NoticeKind.RESOLVE, 2);

    assertThat(claim("cancel", NOW, 1)).isEmpty();
    assertThat(outbox(incident))
        .extracting(Notification::state)
        .containsOnly(NotificationState.CANCELLED);
  }

  @Test
  void tellsTheEndToWhoWasToldTheBeginning() {
    Incident incident = saved("resolve-1");
    enqueue(incident, "resolve", NoticeKind.TRIGGER, 1);
    finish(claim("resolve", NOW, 1).get(0), sent());
    enqueue(incident, "resolve", NoticeKind.TRIGGER, 2);
    enqueue(incident, "resolve", NoticeKind.RESOLVE, 3);

    assertThat(claim("resolve", NOW, 10))
        .as("the second page is over")
        .extracting(Notification::kind)
        .containsExactly(NoticeKind.RESOLVE);
  }

  @Test
  void tellsTheEndToWhoMayHaveHeardOfADeadNotice() {
    Incident incident = saved("resolve-2");
    enqueue(incident, "maybe", NoticeKind.TRIGGER, 1);
    finish(
        claim("maybe", NOW, 1).get(0),
        new Outcome(NotificationState.DEAD, NOW, false, true, "timed out"));
    enqueue(incident, "maybe", NoticeKind.RESOLVE, 2);

    assertThat(claim("maybe", NOW, 10)).hasSize(1);
  }

  @Test
  void cancelsTheEndWhenTheBeginningNeverArrived() {
    Incident incident = saved("resolve-3");
    enqueue(incident, "never", NoticeKind.TRIGGER, 1);
    finish(
        claim("never", NOW, 1).get(0),
        new Outcome(NotificationState.DEAD, NOW, false, false, "status 400"));
    enqueue(incident, "never", NoticeKind.RESOLVE, 2);

    assertThat(claim("never", NOW, 10)).isEmpty();
    assertThat(outbox(incident).get(1).state()).isEqualTo(NotificationState.CANCELLED);
  }

  @Test
  void reapsAClaimWhoseLeaseIsOver() {
    Incident incident = saved("reap-1");
    enqueue(incident, "reap", NoticeKind.TRIGGER, 1);
    Notification claimed = claim("reap", NOW, 1).get(0);

    assertThat(database().<Integer>transact(s -> s.claims().reap(NOW.plusSeconds(19)))).isZero();
    assertThat(database().<Integer>transact(s -> s.claims().reap(NOW.plusSeconds(20))))
        .isPositive();

    Notification again = claim("reap", NOW.plusSeconds(20), 1).get(0);
    assertThat(again.id()).isEqualTo(claimed.id());
    assertThat(again.maybeDelivered()).isTrue();
    assertThat(finish(claimed, sent())).as("the first sender is fenced off").isFalse();
    assertThat(finish(again, sent())).isTrue();
  }

  @Test
  void givesNoNoticeToTwoClaimers() throws Exception {
    int notices = 60;
    for (int i = 0; i < notices; i++) {
      enqueue(saved("claimers-" + i), "shared", NoticeKind.TRIGGER, 1);
    }
    List<List<String>> claimed = Collections.synchronizedList(new ArrayList<>());
    race(this::claimAllShared, claimed);

    List<String> all = claimed.stream().flatMap(List::stream).toList();
    assertThat(all).hasSize(notices).doesNotHaveDuplicates();
  }

  @Test
  void keepsPublicationsInOrderUntilTheyAreDeleted() {
    database()
        .transact(
            session -> {
              session.publications().add("incident-p", 1, new byte[] {1, 2});
              session.publications().add("incident-p", 2, new byte[] {3});
              return true;
            });

    List<Publications.Publication> oldest =
        database().transact(session -> session.publications().oldest(10));
    assertThat(oldest).extracting(Publications.Publication::revision).containsExactly(1L, 2L);
    assertThat(oldest.get(0).payload()).containsExactly(1, 2);
    database()
        .transact(
            session -> {
              session.publications().delete(oldest);
              return true;
            });
    assertThat(database().<Long>transact(session -> session.publications().waiting())).isZero();
  }

  @Test
  void blamesDataThatNoColumnTakes() {
    Incident twin = twin("twins");
    assertThat(Database.blamesData(failure(session -> session.inbox().add("x".repeat(301), NOW))))
        .isTrue();
    assertThat(Database.blamesData(failure(session -> session.incidents().save(twin)))).isTrue();
    assertThat(Database.blamesData(new IllegalArgumentException("not a number"))).isTrue();
  }

  @Test
  void doesNotBlameDataForALostConnection() {
    Database other = another();
    other.close();
    RuntimeException closed =
        catchRuntimeException(() -> other.transact(session -> session.inbox().add("lost", NOW)));

    assertThat(Database.blamesData(closed)).isFalse();
  }

  private RuntimeException failure(Consumer<Session> work) {
    return catchRuntimeException(
        () ->
            database()
                .transact(
                    session -> {
                      work.accept(session);
                      return true;
                    }));
  }

  /** An incident for a slot that another one holds. */
  private Incident twin(String group) {
    saved(group);
    return incident(group);
  }

  private List<String> claimAllShared() {
    Set<String> mine = new HashSet<>();
    int emptyRounds = 0;
    while (emptyRounds < 20) {
      List<Notification> some = claim("shared", NOW, 3);
      emptyRounds = some.isEmpty() ? emptyRounds + 1 : 0;
      some.forEach(notification -> mine.add(notification.id()));
    }
    return List.copyOf(mine);
  }

  private static <T> void race(java.util.concurrent.Callable<T> work, List<T> results)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        futures.add(
            threads.submit(
                () -> {
                  start.await(10, TimeUnit.SECONDS);
                  return work.call();
                }));
      }
      for (Future<T> future : futures) {
        results.add(future.get(30, TimeUnit.SECONDS));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private IncidentFilter filter(IncidentStatus status, Severity severity) {
    return new IncidentFilter(EnumSet.of(status), severity, "prod", "filter-1", null, 10);
  }

  private List<Incident> list(IncidentFilter filter) {
    return database().transact(session -> session.incidents().list(filter));
  }

  private Incident incident(String group) {
    return machine
        .breach(Candidates.NONE, breach("memory_high").group(group).at(NOW), NOW)
        .get(0)
        .incident();
  }

  private Incident saved(String group) {
    Incident incident = incident(group);
    database().transact(session -> save(session, incident));
    return incident;
  }

  private Incident saved(String group, String id) {
    Incident incident =
        new IncidentMachine(IncidentPolicy.DEFAULT, () -> id)
            .breach(Candidates.NONE, breach("memory_high").group(group).at(NOW), NOW)
            .get(0)
            .incident();
    database().transact(session -> save(session, incident));
    return incident;
  }

  private Incident resolvedByHand(Incident incident) {
    return ((io.emberwatch.alerter.incident.Answer.Applied)
            machine.resolve(incident, "alice", "known", NOW))
        .decision()
        .incident();
  }

  private static boolean save(Session session, Incident incident) {
    session.incidents().save(incident);
    return true;
  }

  private void enqueue(Incident incident, String receiver, NoticeKind kind, long revision) {
    Outbox.Draft draft =
        new Outbox.Draft(
            incident.id() + "_" + revision + "_" + receiver,
            incident.id(),
            receiver,
            kind,
            TimelineKind.TRIGGERED,
            Severity.WARNING,
            incident.title(),
            "{}");
    database()
        .transact(
            session -> {
              session.outbox().add(draft, NOW);
              return true;
            });
  }

  private List<Notification> claim(String receiver, Instant now, int limit) {
    return database().transact(session -> session.claims().claim(receiver, now, LEASE, limit));
  }

  private boolean finish(Notification notification, Outcome outcome) {
    return database()
        .<Boolean>transact(
            session ->
                session.claims().finish(notification.id(), notification.attempts(), outcome, NOW));
  }

  private List<Notification> outbox(Incident incident) {
    return database().transact(session -> session.outbox().of(incident.id(), 10));
  }

  private static Outcome sent() {
    return new Outcome(NotificationState.SENT, NOW, false, false, "status 200");
  }
}
