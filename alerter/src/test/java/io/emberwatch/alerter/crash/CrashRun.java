package io.emberwatch.alerter.crash;

import io.emberwatch.alerter.incident.IncidentIds;
import io.emberwatch.alerter.incident.IncidentMachine;
import io.emberwatch.alerter.incident.IncidentPolicy;
import io.emberwatch.alerter.intake.BreachLog;
import io.emberwatch.alerter.ledger.BreachLedger;
import io.emberwatch.alerter.ledger.DecisionWriter;
import io.emberwatch.alerter.ledger.TimerRunner;
import io.emberwatch.alerter.notify.Dispatcher;
import io.emberwatch.alerter.notify.NoticeFormat;
import io.emberwatch.alerter.notify.NotifyMetrics;
import io.emberwatch.alerter.notify.RetryPolicy;
import io.emberwatch.alerter.route.Routes;
import io.emberwatch.alerter.store.Database;
import io.emberwatch.alerter.store.DatabaseSettings;
import io.emberwatch.alerter.store.DyingDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An alerter that dies again and again over one stream of breaches and one database, one step at a
 * time, in an order that the seed decides. Broker and receivers outlive it.
 */
final class CrashRun {

  static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
  private static final int EVENTS = 300;
  private static final int MAX_MOMENTS = 36;
  private static final int MAX_STEPS = 100_000;
  private static final double NO_RATE_LIMIT = 1e6;

  private final DatabaseSettings settings;
  private final IncidentPolicy policy;
  private final List<Routes.Route> routes;
  private final Random random;
  private final BreachStream stream;
  private final SteppedClock clock = new SteppedClock(START);
  private final Deaths deaths = new Deaths();
  private final List<MoodyReceiver> receivers = new ArrayList<>();
  private int diedAfterSending;
  private int steps;

  CrashRun(DatabaseSettings settings, IncidentPolicy policy, List<Routes.Route> routes, long seed) {
    this.settings = settings;
    this.policy = policy;
    this.routes = routes;
    this.random = new Random(seed);
    this.stream = BreachStream.of(EVENTS, new Random(seed), START.minusSeconds(60));
    for (Routes.Route route : routes) {
      receivers.add(new MoodyReceiver(route.receiver(), random, deaths));
    }
  }

  /** Lives and dies until all is read and told. */
  void toTheEnd() {
    boolean done = false;
    while (!done) {
      deaths.after(1 + random.nextInt(MAX_MOMENTS));
      try (Database database = DyingDatabase.open(settings, deaths)) {
        done = new Life(database).toTheEnd();
      } catch (Deaths.Death death) {
        clock.advance(Duration.ofMillis(100));
      }
    }
  }

  BreachStream stream() {
    return stream;
  }

  List<MoodyReceiver> receivers() {
    return receivers;
  }

  int deaths() {
    return deaths.happened();
  }

  /** Sends whose outcome the alerter does not know. */
  int unknownOutcomes() {
    return diedAfterSending + receivers.stream().mapToInt(MoodyReceiver::unanswered).sum();
  }

  /** One process: everything that is in memory is new. */
  private final class Life {

    private final Database database;
    private final BreachLog.Reader reader;
    private final TimerRunner timers;
    private final List<Dispatcher> dispatchers = new ArrayList<>();
    private boolean moreToRead = true;

    Life(Database database) {
      this.database = database;
      IncidentMachine machine = new IncidentMachine(policy, new IncidentIds(clock, random));
      NoticeFormat format = new NoticeFormat("test", "");
      DecisionWriter writer = new DecisionWriter(new Routes(routes), format);
      reader = stream.log().reader(database, new BreachLedger(machine, writer), clock);
      timers = new TimerRunner(database, machine, writer, clock);
      NotifyMetrics metrics = new NotifyMetrics(new SimpleMeterRegistry());
      for (MoodyReceiver receiver : receivers) {
        RetryPolicy retries = new RetryPolicy(random);
        dispatchers.add(new Dispatcher(receiver, database, retries, NO_RATE_LIMIT, metrics, clock));
      }
    }

    /** Returns when nothing is left to do; thrown out of by the death of the process. */
    boolean toTheEnd() {
      boolean busy = true;
      while (busy) {
        if (++steps > MAX_STEPS) {
          throw new AssertionError("it never comes to an end");
        }
        step();
        busy = moreToRead || random.nextInt(20) > 0 || waiting();
      }
      return true;
    }

    private void step() {
      switch (random.nextInt(8)) {
        case 0, 1 -> moreToRead = reader.step(1 + random.nextInt(4), random.nextInt(3));
        case 2 -> timers.fireDue();
        case 3 -> database.transact(session -> session.claims().reap(clock.instant()));
        case 4 -> clock.advance(Duration.ofMillis(1 + random.nextInt(8_000)));
        default -> send(random.nextInt(dispatchers.size()));
      }
    }

    private void send(int index) {
      int before = receivers.get(index).taken().size();
      try {
        dispatchers.get(index).step();
      } catch (Deaths.Death death) {
        diedAfterSending += receivers.get(index).taken().size() - before;
        throw death;
      }
    }

    private boolean waiting() {
      Instant farAhead = clock.instant().plus(Duration.ofDays(1));
      return database.transact(
          session ->
              !session.outbox().waitingReceivers().isEmpty()
                  || !session.timers().due(farAhead, 1).isEmpty());
    }
  }
}
