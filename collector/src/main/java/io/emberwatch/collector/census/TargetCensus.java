package io.emberwatch.collector.census;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.key.KeyNames;
import io.emberwatch.collector.target.KeyCensus;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.HotKeysEnd;
import io.emberwatch.schemas.SliceEnd;
import io.lettuce.core.protocol.CommandType;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The census of one target: a connection of its own for each slice, one slice at a time, and the
 * pass that they belong to. A pass goes on as long as the same process answers. Where hot keys are
 * asked for, a look at them goes before the slice.
 */
final class TargetCensus implements AutoCloseable {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private final Target target;
  private final KeyCensus settings;
  private final KeyNames names;
  private final Shared shared;
  private final CensusRecords records;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private @Nullable CensusPass pass;
  private long baselineMicros;
  private volatile @Nullable CensusSlice slice;
  private volatile @Nullable HotKeysLook hotKeys;

  /** Whether hot keys are not asked for in this look, or were told; of one look at a time. */
  private volatile boolean hotKeysSettled;

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
    this.records = new CensusRecords(target, shared.collectorId);
  }

  Target target() {
    return target;
  }

  /** Whether its hot keys are asked for, as far as its server has them. */
  boolean wantsHotKeys() {
    return settings.hotKeys() > 0;
  }

  /**
   * Begins a look at hot keys, where they are asked for, and then a slice, unless either is under
   * way; returns at once.
   *
   * @param keys whether a slice is to follow
   * @param hot whether hot keys are asked for; the server must know HOTKEYS
   */
  void begin(boolean keys, boolean hot) {
    if (closed || !underWay.compareAndSet(false, true)) {
      return;
    }
    hotKeysSettled = !hot;
    CompletableFuture<Void> unused =
        shared
            .connector
            .apply(target)
            .thenCompose(exchange -> look(exchange, keys))
            .handle(
                (end, fault) -> {
                  ended(keys, end);
                  underWay.set(false);
                  return null;
                });
  }

  /** Counts how it ended; hot keys that were not come to are counted as a broken connection. */
  private void ended(boolean keys, @Nullable SliceEnd end) {
    if (keys) {
      shared.meters.ended(target.instanceId(), end == null ? SliceEnd.CONNECTION : end);
    }
    if (!hotKeysSettled) {
      shared.meters.hotKeysEnded(target.instanceId(), HotKeysEnd.CONNECTION, "");
    }
  }

  /** Ends what is under way: a slice with its step, hot keys at once; it is published still. */
  @Override
  public void close() {
    closed = true;
    CensusSlice running = slice;
    if (running != null) {
      running.stop();
    }
    HotKeysLook looking = hotKeys;
    if (looking != null) {
      looking.stop();
    }
  }

  private CompletableFuture<SliceEnd> look(Exchange exchange, boolean keys) {
    return exchange
        .bytes(CommandType.INFO)
        .copy()
        .orTimeout(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .thenCompose(
            outcome -> {
              Optional<ServerState> server = outcome.answer().flatMap(ServerState::read);
              return server.isPresent()
                  ? look(exchange, server.get(), keys)
                  : CompletableFuture.completedFuture(SliceEnd.REFUSED);
            })
        .whenComplete((end, fault) -> exchange.close());
  }

  /** Hot keys come first: the questions of a slice would be among the commands that are tracked. */
  private CompletableFuture<SliceEnd> look(Exchange exchange, ServerState server, boolean keys) {
    if (!server.hasHotKeys()) {
      hotKeysSettled = true;
    }
    CompletableFuture<Void> hot =
        hotKeysSettled ? CompletableFuture.completedFuture(null) : hotKeys(exchange, server);
    return hot.thenCompose(
        done ->
            keys ? slice(exchange, server) : CompletableFuture.completedFuture(SliceEnd.STOPPED));
  }

  private CompletableFuture<Void> hotKeys(Exchange exchange, ServerState server) {
    HotKeysLook next =
        new HotKeysLook(exchange, settings.hotKeys(), server.clockMillis(), shared.timers);
    hotKeys = next;
    if (closed) {
      next.stop();
    }
    return next.run()
        .thenAccept(
            answer -> {
              hotKeys = null;
              hotKeysSettled = true;
              shared.meters.hotKeysEnded(
                  target.instanceId(), answer.end(), answer.refusal().orElse(""));
              shared.publisher.offer(
                  records.hotKeys(
                      server, HotKeysRecord.of(answer, settings, names), shared.clock.instant()));
            });
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
              shared.publisher.offer(
                  records.slice(server, present, end, next.cost(), shared.clock.instant()));
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
}
