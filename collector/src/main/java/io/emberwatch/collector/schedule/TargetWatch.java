package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.Faults;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.info.Look;
import io.emberwatch.collector.probe.Probe;
import io.emberwatch.collector.probe.Probes;
import io.emberwatch.collector.probe.ServerFacts;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.ProbeCost;
import io.emberwatch.schemas.TargetState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls one target over one connection of its own. At most one poll is under way; the next sees
 * what the former wrote, since it begins after the former's future has completed.
 */
final class TargetWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TargetWatch.class);

  private final Target target;
  private final WatchSettings settings;
  private final RedisConnector connector;
  private final Clock clock;
  private final NotificationSource notifications;
  private final IntSupplier together;
  private final List<Probe> probes;
  private final ProbeBudget budget;
  private final PollSchedule slots;
  private final ProbeSchedule schedule;
  private final ServerFacts server = new ServerFacts();
  private final SampleDraft draft;

  private Backoff backoff = Backoff.NONE;
  private Verdict last = new Verdict(TargetState.UNKNOWN, Optional.empty());
  private Instant factsDue = Instant.MIN;
  private volatile @Nullable Exchange exchange;
  private volatile boolean closed;

  /**
   * A watch that has not begun.
   *
   * @param together targets that are watched now, which may all connect at once
   */
  TargetWatch(
      Target target,
      WatchSettings settings,
      RedisConnector connector,
      NotificationSource notifications,
      IntSupplier together,
      Clock clock) {
    this.target = target;
    this.settings = settings;
    this.connector = connector;
    this.clock = clock;
    this.notifications = notifications;
    this.together = together;
    this.probes = Probes.of(target, settings.collectorId());
    this.budget = new ProbeBudget(settings.budgetShare());
    this.slots = new PollSchedule(target.instanceId(), target.pollInterval());
    this.schedule =
        new ProbeSchedule(
            target.instanceId(), target.pollInterval(), probes, budget, settings.cadences());
    this.draft = new SampleDraft(target, settings.collectorId(), server, notifications);
  }

  Target target() {
    return target;
  }

  PollSchedule slots() {
    return slots;
  }

  /** Polls once; completes within the deadline, never exceptionally unless by a fault of ours. */
  CompletableFuture<PollResult> poll(Duration deadline) {
    long startNanos = System.nanoTime();
    Exchange open = exchange;
    if (open != null && open.isOpen()) {
      return probe(open, deadline);
    }
    if (!backoff.mayTry(clock.instant())) {
      return CompletableFuture.completedFuture(draft.failed(clock.instant(), last));
    }
    draft.countConnect();
    CompletableFuture<Exchange> connecting = connector.connect(target);
    return connecting
        .copy()
        .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .handle(Attempt::new)
        .thenCompose(
            attempt ->
                attempt.connected() != null
                    ? probe(connected(attempt.connected()), remaining(deadline, startNanos))
                    : notConnected(connecting, attempt.fault()));
  }

  @Override
  public void close() {
    closed = true;
    disconnect();
  }

  private Exchange connected(Exchange connected) {
    exchange = connected;
    if (closed) {
      connected.close();
    }
    server.reconnected();
    server.showed(connected.certificateNotAfter());
    schedule.reset(clock.instant(), slots.firstLooks(together.getAsInt()));
    budget.reconnected();
    factsDue = Instant.MIN;
    return connected;
  }

  private CompletableFuture<PollResult> notConnected(
      CompletableFuture<Exchange> connecting, @Nullable Throwable fault) {
    // A connect that succeeds after its deadline must not stay open unseen.
    CompletableFuture<Void> unused = connecting.thenAccept(Exchange::close);
    Instant now = clock.instant();
    backoff = backoff.failed(now, settings.backoffCap());
    become(Verdict.ofFailure(Faults.ofConnect(Objects.requireNonNull(fault))));
    return CompletableFuture.completedFuture(draft.failed(now, last));
  }

  /**
   * Asks all at once, unless this is the first look at the server: then INFO first, which says what
   * else it can be asked.
   */
  private CompletableFuture<PollResult> probe(Exchange open, Duration deadline) {
    long startNanos = System.nanoTime();
    Instant begun = clock.instant();
    boolean acquainted = server.isKnown();
    Look look = begun.isBefore(factsDue) ? Look.CORE : Look.FULL;
    // PING and INFO on their own: a server answers one write when it has run all of it.
    CoreAnswers core = CoreAnswers.ask(open, server, look);
    List<Asked> asked = acquainted ? askDue(open) : List.of();
    return settled(core.all(), asked, deadline)
        .thenCompose(
            done -> {
              CoreOutcome outcome = core.outcome();
              learn(outcome);
              List<Asked> all = acquainted || !server.isKnown() ? asked : askDue(open);
              return settled(List.of(), all, remaining(deadline, startNanos))
                  .thenApply(settled -> finish(open, outcome, look, ended(all, begun)));
            });
  }

  private List<Asked> askDue(Exchange open) {
    List<Probe> due = schedule.due(server, clock.instant());
    return open.inOneWrite(
        () -> due.stream().map(probe -> new Asked(probe, probe.ask(open, server))).toList());
  }

  private static CompletableFuture<Void> settled(
      List<CompletableFuture<?>> core, List<Asked> asked, Duration deadline) {
    List<CompletableFuture<?>> answers = new ArrayList<>(core);
    asked.forEach(one -> answers.add(one.answer()));
    return Asked.settled(answers, deadline);
  }

  private void learn(CoreOutcome core) {
    if (core.info().answer().filter(server::learn).isPresent()) {
      probes.forEach(Probe::restarted);
    }
  }

  private List<Ended> ended(List<Asked> asked, Instant begun) {
    List<Ended> ended = asked.stream().map(Asked::ended).toList();
    ended.forEach(one -> schedule.ended(one.probe(), one.outcome(), begun));
    return ended;
  }

  private PollResult finish(Exchange open, CoreOutcome core, Look look, List<Ended> ended) {
    Instant now = clock.instant();
    become(core.verdict());
    if (last.keepsConnection()) {
      backoff = Backoff.NONE;
    } else {
      disconnect();
      backoff = backoff.failed(now, settings.backoffCap());
    }
    if (look == Look.FULL && core.info().answer().isPresent()) {
      factsDue = now.plus(settings.slowInterval());
    }
    PollResult result = draft.finished(now, core, ended);
    weigh(open, result.sample(), now);
    server
        .notifyKeyspaceEvents()
        .ifPresent(letters -> notifications.notifyKeyspaceEvents(target.instanceId(), letters));
    return result;
  }

  /** Looks at what the probes cost, whenever a probe has brought commandstats. */
  private void weigh(Exchange open, InstanceSample sample, Instant now) {
    if (sample.getCommands() == null) {
      return;
    }
    boolean before = budget.isStretched();
    Optional<ProbeCost> cost = budget.look(open.sent(), sample.getCommands(), now);
    cost.ifPresent(sample::setProbeCost);
    if (before != budget.isStretched()) {
      LOG.warn(
          "event={} target={} share={} budget={} stretch={}",
          before ? "probe_budget_kept" : "probe_budget_exceeded",
          target.instanceId(),
          cost.map(ProbeCost::getServerShare).orElse(0.0),
          settings.budgetShare(),
          cost.map(ProbeCost::getStretch).orElse(1.0));
    }
  }

  private void become(Verdict verdict) {
    if (verdict.state() != last.state()) {
      LOG.info(
          "event=target_state target={} from={} to={} error={}",
          target.instanceId(),
          last.state(),
          verdict.state(),
          verdict.error().orElse("none"));
    }
    last = verdict;
  }

  private void disconnect() {
    Exchange open = exchange;
    exchange = null;
    if (open != null) {
      open.close();
    }
  }

  private static Duration remaining(Duration deadline, long startNanos) {
    return deadline.minusNanos(System.nanoTime() - startNanos);
  }

  /** How a connect ended: one of the two is there. */
  private record Attempt(@Nullable Exchange connected, @Nullable Throwable fault) {}
}
