package io.emberwatch.alerter.ledger;

import static io.emberwatch.alerter.incident.Breaches.breach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.IncidentMachine;
import io.emberwatch.alerter.incident.IncidentPolicy;
import io.emberwatch.alerter.notify.Delivery;
import io.emberwatch.alerter.notify.Dispatcher;
import io.emberwatch.alerter.notify.NoticeFormat;
import io.emberwatch.alerter.notify.NotifyMetrics;
import io.emberwatch.alerter.notify.Receiver;
import io.emberwatch.alerter.notify.RetryPolicy;
import io.emberwatch.alerter.route.Routes;
import io.emberwatch.alerter.store.DamagedDatabase;
import io.emberwatch.alerter.store.Database;
import io.emberwatch.alerter.store.DatabaseSettings;
import io.emberwatch.alerter.store.IncidentFilter;
import io.emberwatch.alerter.store.Notification;
import io.emberwatch.alerter.store.NotificationState;
import io.emberwatch.schemas.IncidentStatus;
import io.emberwatch.schemas.Severity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one failing part of the record must not do to the rest. */
class LedgerFaultsTest {

  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  private static final Clock LATER = Clock.fixed(NOW.plusSeconds(31), ZoneOffset.UTC);

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
  private final Database database =
      Database.open(new DatabaseSettings(url, "sa", Optional.empty(), 2));
  private final IncidentMachine machine =
      new IncidentMachine(IncidentPolicy.DEFAULT, () -> UUID.randomUUID().toString());
  private final DecisionWriter writer =
      new DecisionWriter(
          new Routes(List.of(new Routes.Route("pager", Severity.WARNING))),
          new NoticeFormat("test", ""));
  private final TimerRunner timers = new TimerRunner(database, machine, writer, LATER);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void firesTheTimersBehindOneThatFails() {
    Incident unreadable = opened("cache-1", NOW.minusSeconds(1));
    Incident sound = opened("cache-2", NOW);
    DamagedDatabase.damageAlerts(url, unreadable.id());

    assertThatThrownBy(timers::fireDue).isInstanceOf(IllegalStateException.class);

    assertThat(file(sound).incident().status()).isEqualTo(IncidentStatus.TRIGGERED);
  }

  /** An interrupted thread that reads or writes H2's file closes it for every other thread. */
  @Test
  void leavesTheClaimToItsLeaseWhenTheSenderIsInterrupted() {
    Incident incident = opened("cache-1", NOW);
    timers.fireDue();
    try (Dispatcher dispatcher =
        new Dispatcher(
            new InterruptedReceiver(),
            database,
            new RetryPolicy(new Random(1)),
            1000,
            new NotifyMetrics(new SimpleMeterRegistry()),
            LATER)) {
      assertThat(dispatcher.step()).isTrue();
    }

    assertThat(Thread.interrupted()).isTrue();
    assertThat(file(incident).notifications())
        .singleElement()
        .extracting(Notification::state, Notification::attempts)
        .containsExactly(NotificationState.SENDING, 1);
  }

  private Incident opened(String group, Instant now) {
    BreachLedger ledger = new BreachLedger(machine, writer);
    database.transact(
        session -> ledger.apply(session, breach("memory_high").group(group).at(now), now));
    return database
        .<List<Incident>>transact(session -> session.incidents().list(IncidentFilter.all(10)))
        .stream()
        .filter(incident -> group.equals(incident.slot().group()))
        .findFirst()
        .orElseThrow();
  }

  private IncidentFile file(Incident incident) {
    return new Incidents(database, machine, writer, LATER).read(incident.id()).orElseThrow();
  }

  private static final class InterruptedReceiver implements Receiver {

    @Override
    public String name() {
      return "pager";
    }

    @Override
    public Duration deadline() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Delivery send(Notification notification) {
      Thread.currentThread().interrupt();
      return new Delivery.Unanswered("interrupted");
    }

    @Override
    public void close() {}
  }
}
