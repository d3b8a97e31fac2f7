package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.Faults;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.probe.ConfigProbe;
import io.emberwatch.collector.probe.SlowlogProbe;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.TargetState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
  private final SlowlogProbe slowlog;
  private final ServerFacts facts = new ServerFacts();
  private final SampleDraft draft;

  private Backoff backoff = Backoff.NONE;
  private Verdict last = new Verdict(TargetState.UNKNOWN, Optional.empty());
  private Instant slowDue = Instant.MIN;
  private volatile @Nullable Exchange exchange;
  private volatile boolean closed;

  TargetWatch(
      Target target,
      WatchSettings settings,
      RedisConnector connector,
      NotificationSource notifications,
      Clock clock) {
    this.target = target;
    this.settings = settings;
    this.connector = connector;
    this.clock = clock;
    this.slowlog = new SlowlogProbe(target, settings.collectorId());
    this.draft = new SampleDraft(target, settings.collectorId(), facts, notifications);
  }

  Target target() {
    return target;
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
    facts.reconnected();
    slowDue = Instant.MIN;
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

  private CompletableFuture<PollResult> probe(Exchange open, Duration deadline) {
    boolean slow = !clock.instant().isBefore(slowDue);
    boolean skipSlowlog = facts.isRefused(SlowlogProbe.NAME) && !slow;
    return PollAnswers.ask(
            open,
            facts.severalSections(),
            slow,
            skipSlowlog ? Optional.empty() : Optional.of(slowlog))
        .within(deadline)
        .thenApply(answers -> finish(answers, slow));
  }

  private PollResult finish(PollAnswers answers, boolean slow) {
    Instant now = clock.instant();
    become(Verdict.of(PollAnswers.outcome(answers.ping()), PollAnswers.outcome(answers.info())));
    if (last.keepsConnection()) {
      backoff = Backoff.NONE;
    } else {
      disconnect();
      backoff = backoff.failed(now, settings.backoffCap());
    }
    answers.config().ifPresent(probe -> learn(PollAnswers.outcome(probe)));
    if (slow && last.keepsConnection()) {
      slowDue = now.plus(settings.slowInterval());
    }
    return draft.finished(now, last, answers, slow, slowlog);
  }

  private void learn(ProbeOutcome<ConfigProbe.Reading> outcome) {
    facts.note(ConfigProbe.NAME, outcome);
    outcome.answer().ifPresent(reading -> facts.learn(reading.facts()));
    outcome
        .answer()
        .flatMap(ConfigProbe.Reading::notifyKeyspaceEvents)
        .ifPresent(draft::notifyKeyspaceEvents);
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
