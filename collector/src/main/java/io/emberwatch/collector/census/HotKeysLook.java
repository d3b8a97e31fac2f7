package io.emberwatch.collector.census;

import io.emberwatch.collector.census.HotKeysReading.None;
import io.emberwatch.collector.census.HotKeysReading.Session;
import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ExtraCommand;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.schemas.HotKeysEnd;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * One look at the hot keys of a server over one connection: HOTKEYS GET to see that nobody else
 * tracks, START for {@link HotKeySession#DURATION}, and when that is over GET and RESET.
 *
 * <p>A session of somebody else is left alone, also when it has ended and its figures wait to be
 * read. Nothing is left running: the server ends a session by itself. One step is under way at a
 * time, so nothing here is locked.
 */
final class HotKeysLook {

  /** Replies have no deadline of their own; one that does not come ends the look after this. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Exchange exchange;
  private final int keys;
  private final OptionalLong serverMillis;
  private final ScheduledExecutorService timers;
  private final CompletableFuture<HotKeysAnswer> answer = new CompletableFuture<>();

  /**
   * @param keys to be told of each kind, 1 to {@value HotKeysReading#MAX_KEYS}
   * @param serverMillis the server's clock
   */
  HotKeysLook(
      Exchange exchange, int keys, OptionalLong serverMillis, ScheduledExecutorService timers) {
    this.exchange = exchange;
    this.keys = keys;
    this.serverMillis = serverMillis;
    this.timers = timers;
  }

  /** Begins; completes with what came of it, never exceptionally. */
  CompletableFuture<HotKeysAnswer> run() {
    guarded(get().thenAccept(this::found));
    return answer.completeOnTimeout(
        HotKeysAnswer.of(HotKeysEnd.CONNECTION),
        HotKeySession.DURATION.plus(HotKeySession.NOTICED_WITHIN).plus(GRACE).toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Ends at once. What was started ends by itself. */
  void stop() {
    end(HotKeysAnswer.of(HotKeysEnd.STOPPED));
  }

  private void found(ProbeOutcome<HotKeysReading> outcome) {
    if (!(outcome instanceof Answered<HotKeysReading> answered)) {
      end(HotKeysAnswer.without(outcome));
    } else if (answered.value() instanceof Session session) {
      if (HotKeySession.isAbandoned(session, serverMillis)) {
        start();
      } else {
        end(HotKeysAnswer.of(HotKeysEnd.BUSY));
      }
    } else if (answered.value() instanceof None) {
      start();
    } else {
      end(HotKeysAnswer.of(HotKeysEnd.UNREADABLE));
    }
  }

  /** GET comes with START, so that what it tells is what was started. */
  private void start() {
    if (answer.isDone()) {
      return;
    }
    CompletableFuture<ProbeOutcome<byte[]>> started =
        exchange.bytes(
            ExtraCommand.HOTKEYS,
            "START",
            "METRICS",
            "2",
            "CPU",
            "NET",
            "COUNT",
            Integer.toString(keys),
            "DURATION",
            Long.toString(HotKeySession.DURATION.toSeconds()),
            "SAMPLE",
            Integer.toString(HotKeySession.SAMPLE_RATIO));
    guarded(started.thenAcceptBoth(get(), this::started));
  }

  private void started(ProbeOutcome<byte[]> start, ProbeOutcome<HotKeysReading> told) {
    if (!(start instanceof Answered<?>)) {
      end(HotKeysAnswer.without(start));
      return;
    }
    if (!(told instanceof Answered<HotKeysReading> answered)) {
      end(HotKeysAnswer.without(told));
      return;
    }
    Optional<HotKeySession> session = HotKeySession.started(answered.value());
    if (session.isEmpty()) {
      end(HotKeysAnswer.of(HotKeysEnd.LOST));
    } else if (timers.isShutdown()) {
      stop();
    } else {
      ScheduledFuture<?> unused =
          timers.schedule(
              () -> guarded(get().thenCompose(outcome -> collected(session.get(), outcome))),
              HotKeySession.DURATION.plus(HotKeySession.NOTICED_WITHIN).toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  private CompletableFuture<Void> collected(
      HotKeySession ours, ProbeOutcome<HotKeysReading> outcome) {
    if (!(outcome instanceof Answered<HotKeysReading> answered)) {
      end(HotKeysAnswer.without(outcome));
      return CompletableFuture.completedFuture(null);
    }
    if (!(answered.value() instanceof Session session) || !ours.is(session)) {
      end(HotKeysAnswer.of(HotKeysEnd.LOST));
      return CompletableFuture.completedFuture(null);
    }
    // Refused while a session is under way: it takes only figures that nobody waits for. Where it
    // is not allowed, the next look finds them abandoned.
    CompletableFuture<?> reset =
        session.active()
            ? CompletableFuture.completedFuture(null)
            : exchange.bytes(ExtraCommand.HOTKEYS, "RESET");
    return reset.thenAccept(done -> end(HotKeysAnswer.told(session)));
  }

  private CompletableFuture<ProbeOutcome<HotKeysReading>> get() {
    return exchange
        .list(ExtraCommand.HOTKEYS, "GET")
        .thenApply(outcome -> outcome.map(HotKeysReading::of));
  }

  private void end(HotKeysAnswer what) {
    answer.complete(what);
  }

  /** A fault of ours must not leave the census waiting for ever. */
  private void guarded(CompletableFuture<Void> step) {
    CompletableFuture<Void> unused =
        step.exceptionally(
            fault -> {
              end(HotKeysAnswer.of(HotKeysEnd.UNKNOWN));
              return null;
            });
  }
}
