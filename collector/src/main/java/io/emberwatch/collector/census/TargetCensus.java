package io.emberwatch.collector.census;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.key.KeyNames;
import io.emberwatch.collector.target.KeyCensus;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.KeyScan;
import io.emberwatch.schemas.SliceEnd;
import io.lettuce.core.protocol.CommandType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The census of one target: a connection of its own for each slice, one slice at a time, and the
 * pass that they belong to. A pass goes on as long as the same process answers.
 */
final class TargetCensus implements AutoCloseable {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private final Target target;
  private final KeyCensus settings;
  private final KeyNames names;
  private final Shared shared;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private @Nullable CensusPass pass;
  private long baselineMicros;
  private volatile @Nullable CensusSlice slice;
  private volatile boolean closed;

  /** What the censuses of all targets share. */
  record Shared(
      String collectorId,
      Function<Target, CompletableFuture<Exchange>> connector,
      CensusPublisher publisher,
      CensusMeters meters,
      ScheduledExecutorService timers,
      Clock clock) {}

  TargetCensus(Target target, KeyCensus settings, KeyNames names, Shared shared) {
    this.target = target;
    this.settings = settings;
    this.names = names;
    this.shared = shared;
  }

  Target target() {
    return target;
  }

  /** Begins a slice unless one is under way; returns at once. */
  void begin() {
    if (closed || !underWay.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<Void> unused =
        shared
            .connector
            .apply(target)
            .thenCompose(this::slice)
            .handle(
                (end, fault) -> {
                  SliceEnd why = end == null ? SliceEnd.CONNECTION : end;
                  shared.meters.ended(target.instanceId(), why);
                  underWay.set(false);
                  return null;
                });
  }

  /** Ends the slice that is under way with its step; it is published still. */
  @Override
  public void close() {
    closed = true;
    CensusSlice running = slice;
    if (running != null) {
      running.stop();
    }
  }

  private CompletableFuture<SliceEnd> slice(Exchange exchange) {
    return exchange
        .bytes(CommandType.INFO)
        .copy()
        .orTimeout(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .thenCompose(
            outcome -> {
              Optional<ServerState> server = outcome.answer().flatMap(ServerState::read);
              return server.isPresent()
                  ? slice(exchange, server.get())
                  : CompletableFuture.completedFuture(SliceEnd.REFUSED);
            })
        .whenComplete((end, fault) -> exchange.close());
  }

  private CompletableFuture<SliceEnd> slice(Exchange exchange, ServerState server) {
    CensusPass present = passOf(server);
    RoundTrips pings = new RoundTrips(baselineMicros);
    CensusSlice next =
        new CensusSlice(exchange, settings, present, server, pings, shared.timers, shared.clock);
    slice = next;
    if (closed) {
      next.stop();
    }
    return next.run()
        .thenApply(
            end -> {
              slice = null;
              baselineMicros = pings.baselineMicros();
              publish(present, server, next, end);
              pass = after(present, end);
              return end;
            });
  }

  private CensusPass passOf(ServerState server) {
    CensusPass present = pass;
    if (present == null || !present.isOf(server.runId())) {
      present = CensusPass.first(server.runId(), shared.clock.instant(), newTally());
      pass = present;
    }
    return present;
  }

  private @Nullable CensusPass after(CensusPass present, SliceEnd end) {
    return switch (end) {
      case COMPLETE -> null;
      case PASS_TIME -> present.next(shared.clock.instant(), newTally());
      default -> present;
    };
  }

  private CensusTally newTally() {
    return new CensusTally(settings, names);
  }

  private void publish(CensusPass counted, ServerState server, CensusSlice done, SliceEnd end) {
    Instant now = shared.clock.instant();
    KeyScan scan = new KeyScan();
    scan.setInstanceId(target.instanceId());
    scan.setFleet(target.fleet());
    scan.setGroup(target.group());
    scan.setLabels(target.labels());
    scan.setCollectorId(shared.collectorId);
    scan.setRunId(server.runId());
    scan.setRole(server.role());
    scan.setTakenAt(now);
    io.emberwatch.schemas.KeyCensus census = new io.emberwatch.schemas.KeyCensus();
    census.setPassStarted(counted.started());
    census.setSlice(counted.slices());
    census.setEnd(end);
    census.setSampledShare(counted.sampledShare());
    census.setDatabases(counted.databases());
    census.setPrefixes(counted.tally().prefixes(counted.databases()));
    census.setBiggest(counted.tally().biggest());
    census.setCost(done.cost());
    scan.setCensus(census);
    shared.publisher.offer(scan);
  }
}
