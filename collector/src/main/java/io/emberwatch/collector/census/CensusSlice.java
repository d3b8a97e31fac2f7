package io.emberwatch.collector.census;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.connect.Question;
import io.emberwatch.collector.target.KeyCensus;
import io.emberwatch.schemas.ScanCost;
import io.emberwatch.schemas.SliceEnd;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * One slice of a census over one connection: PING, then either SCAN or questions about at most
 * {@value #KEYS_AT_ONCE} keys, then a pause that keeps the budget, and again. It ends with its
 * time, with the pass, when the server becomes slow, or when the connection does not answer. One
 * step is under way at a time, so nothing here is locked.
 */
final class CensusSlice {

  /** A hundred commands: half a millisecond in which the server answers nobody else. */
  static final int KEYS_AT_ONCE = 20;

  private static final String SCAN_COUNT = "100";
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final long MICROS_TO_NANOS = 1_000;

  private final Exchange exchange;
  private final KeyCensus settings;
  private final CensusPass pass;
  private final ServerState server;
  private final RoundTrips pings;
  private final Budget budget;
  private final ScheduledExecutorService timers;
  private final Clock clock;
  private final SliceCosts costs;
  private final CompletableFuture<SliceEnd> end = new CompletableFuture<>();
  private boolean askElements;
  private int selectedDb;
  private volatile boolean stopped;

  /**
   * @param pings with the baseline of the slice before
   */
  CensusSlice(
      Exchange exchange,
      KeyCensus settings,
      CensusPass pass,
      ServerState server,
      RoundTrips pings,
      ScheduledExecutorService timers,
      Clock clock) {
    this.exchange = exchange;
    this.settings = settings;
    this.pass = pass;
    this.server = server;
    this.pings = pings;
    this.budget = new Budget(settings.keysPerSecond(), settings.busyPerSecond());
    this.timers = timers;
    this.clock = clock;
    this.costs = new SliceCosts(pings, clock);
  }

  /** Begins; completes with why it ended, never exceptionally. */
  CompletableFuture<SliceEnd> run() {
    pass.sliceBegins(server.keysByDb());
    CompletableFuture<Void> unused =
        readReplica()
            .thenCompose(any -> scalar(CommandType.CLIENT, bytes("NO-TOUCH"), bytes("ON")))
            .thenAccept(
                outcome -> {
                  askElements = !server.byUse() || outcome instanceof Answered<?>;
                  step();
                });
    // Replies have no deadline of their own; one that does not come ends the slice here.
    return end.completeOnTimeout(
        SliceEnd.CONNECTION, settings.slice().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
  }

  private CompletableFuture<?> readReplica() {
    return server.cluster()
        ? scalar(CommandType.READONLY)
        : CompletableFuture.completedFuture(null);
  }

  /** Ends with the step that is under way. */
  void stop() {
    stopped = true;
  }

  /** What it has cost so far. */
  ScanCost cost() {
    return costs.cost();
  }

  private void step() {
    long startNanos = System.nanoTime();
    CompletableFuture<Void> unused =
        scalar(CommandType.PING)
            .thenCompose(pong -> afterPing(pong, startNanos))
            .exceptionally(
                fault -> {
                  // A fault of ours must not leave the census waiting for ever.
                  end.complete(SliceEnd.UNKNOWN);
                  return null;
                });
  }

  private CompletionStage<Void> afterPing(ProbeOutcome<Optional<Object>> pong, long startNanos) {
    if (!(pong instanceof Answered<Optional<Object>> answered)) {
      return ended(pong instanceof Refused<?> ? SliceEnd.REFUSED : SliceEnd.CONNECTION);
    }
    pings.add(answered.latencyMicros());
    if (!pings.hasBaseline()) {
      return later(0, startNanos, 0);
    }
    pass.moveOn();
    Optional<SliceEnd> over = over();
    if (over.isPresent()) {
      return ended(over.get());
    }
    if (pass.db() != selectedDb) {
      return select(startNanos);
    }
    List<byte[]> next = pass.take(KEYS_AT_ONCE);
    return next.isEmpty() ? scan(startNanos) : look(next, startNanos);
  }

  private Optional<SliceEnd> over() {
    Instant now = clock.instant();
    if (stopped) {
      return Optional.of(SliceEnd.STOPPED);
    }
    if (pass.isDone()) {
      return Optional.of(SliceEnd.COMPLETE);
    }
    if (pings.slow()) {
      return Optional.of(SliceEnd.SLOW_SERVER);
    }
    if (now.isAfter(pass.started().plus(settings.pass()))) {
      return Optional.of(SliceEnd.PASS_TIME);
    }
    return now.isAfter(costs.started().plus(settings.slice()))
        ? Optional.of(SliceEnd.SLICE_TIME)
        : Optional.empty();
  }

  private CompletionStage<Void> select(long startNanos) {
    return scalar(CommandType.SELECT, bytes(Integer.toString(pass.db())))
        .thenCompose(
            outcome -> {
              if (outcome instanceof Answered<?>) {
                selectedDb = pass.db();
                return later(0, startNanos, 0);
              }
              return ended(outcome instanceof Refused<?> ? SliceEnd.REFUSED : SliceEnd.CONNECTION);
            });
  }

  private CompletionStage<Void> scan(long startNanos) {
    costs.asked(1);
    return exchange
        .list(CommandType.SCAN, pass.cursor(), "COUNT", SCAN_COUNT)
        .thenCompose(
            outcome -> {
              if (outcome instanceof Answered<List<Object>> answered) {
                pass.scanned(answered.value());
                return later(
                    Budget.SCAN_WEIGHT,
                    startNanos,
                    costs.busy(answered.latencyMicros() * MICROS_TO_NANOS));
              }
              return ended(outcome instanceof Refused<?> ? SliceEnd.REFUSED : SliceEnd.CONNECTION);
            });
  }

  private CompletionStage<Void> look(List<byte[]> names, long startNanos) {
    return new KeyLook(exchange, pass, server, costs, clock, askElements)
        .at(names)
        .thenCompose(
            looked ->
                looked.end().isPresent()
                    ? ended(looked.end().get())
                    : later(names.size(), startNanos, looked.busyNanos()));
  }

  private CompletionStage<Void> later(int weight, long startNanos, long nanos) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    Duration pause = budget.pause(weight, Duration.ofNanos(nanos), elapsed);
    if (timers.isShutdown()) {
      return ended(SliceEnd.STOPPED);
    }
    ScheduledFuture<?> unused = timers.schedule(this::step, pause.toNanos(), TimeUnit.NANOSECONDS);
    return CompletableFuture.completedFuture(null);
  }

  private CompletionStage<Void> ended(SliceEnd why) {
    end.complete(why);
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<ProbeOutcome<Optional<Object>>> scalar(
      CommandType command, byte[]... arguments) {
    costs.asked(1);
    return exchange.together(List.of(new Question(command, List.of(arguments)))).get(0);
  }

  private static byte[] bytes(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }
}
