package io.emberwatch.collector.subscribe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.Faults;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Failed;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.connect.PushReceiver;
import io.emberwatch.collector.target.Target;
import java.nio.ByteBuffer;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one target subscribed to a pattern of channels on a connection of its own. A connection
 * that breaks, or that stays silent on a heartbeat, is replaced after a growing delay. Thread-safe.
 */
public final class Subscription implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

  private final Target target;
  private final String pattern;
  private final Subscriber subscriber;
  private final Shared shared;
  private final RetryDelay retry;
  private final AtomicInteger failures = new AtomicInteger();
  private final PushReceiver messages = new Messages();
  private final ScheduledFuture<?> heartbeat;
  private @Nullable Exchange current;
  private Instant aliveAt;
  private @Nullable String fault;
  private boolean subscribed;

  /** Written by the connection's thread only. */
  private volatile long received;

  private boolean closed;

  /**
   * What subscriptions of one kind share.
   *
   * @param kind begins the names of their log events
   * @param timers runs short tasks that do not block
   */
  public record Shared(
      String kind,
      PubSubConnector connector,
      ScheduledExecutorService timers,
      Timing timing,
      RandomGenerator random,
      Clock clock) {}

  /** Begins to connect. */
  public Subscription(Target target, String pattern, Subscriber subscriber, Shared shared) {
    this.target = target;
    this.pattern = pattern;
    this.subscriber = subscriber;
    this.shared = shared;
    this.retry = new RetryDelay(shared.timing.firstRetry(), shared.timing.lastRetry());
    this.aliveAt = shared.clock.instant();
    long nanos = shared.timing.heartbeat().toNanos();
    this.heartbeat =
        shared.timers.scheduleWithFixedDelay(this::beat, nanos, nanos, TimeUnit.NANOSECONDS);
    connect();
  }

  /** Whether messages are being received. */
  public synchronized boolean subscribed() {
    return subscribed;
  }

  /** Why there is no subscription, one line; empty when there is one, or none was tried yet. */
  public synchronized Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  @Override
  public void close() {
    Exchange open;
    boolean was;
    synchronized (this) {
      closed = true;
      was = subscribed;
      subscribed = false;
      open = current;
      current = null;
    }
    heartbeat.cancel(false);
    if (open != null) {
      open.close();
    }
    if (was) {
      subscriber.ended(shared.clock.instant());
    }
  }

  private void connect() {
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    shared
        .connector
        .connect(target)
        .whenComplete(
            (connection, failure) -> {
              if (failure == null) {
                opened(connection);
              } else {
                retry(reason(Faults.ofConnect(failure)));
              }
            });
  }

  private void opened(Exchange connection) {
    synchronized (this) {
      if (closed) {
        connection.close();
        return;
      }
      current = connection;
    }
    connection.onClose(() -> broke(connection, "connection closed", shared.clock.instant()));
    CompletionStage<Void> unused =
        subscriber
            .opened(connection)
            .thenCompose(ready -> psubscribe(connection))
            .thenAccept(
                outcome -> {
                  if (outcome instanceof Answered<?>) {
                    began(connection);
                  } else {
                    broke(connection, reason(outcome), shared.clock.instant());
                  }
                });
  }

  private CompletableFuture<ProbeOutcome<List<Object>>> psubscribe(Exchange connection) {
    return connection
        .subscribe(pattern, messages)
        .copy()
        .completeOnTimeout(
            new ProbeOutcome.TimedOut<>(), shared.timing.timeout().toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Subscribes again, which changes nothing and is the one question that every version answers
   * while subscribed. Messages that arrive meanwhile are a proof of life as well: the answer may
   * wait behind them.
   */
  private void beat() {
    Exchange connection;
    synchronized (this) {
      connection = subscribed ? current : null;
    }
    if (connection == null) {
      return;
    }
    long before = received;
    CompletableFuture<Void> unusedProof =
        psubscribe(connection)
            .thenAccept(
                outcome -> {
                  if (outcome instanceof Answered<?> || received != before) {
                    alive();
                  } else {
                    broke(connection, "no answer to a heartbeat", lastAlive());
                  }
                });
  }

  private synchronized void alive() {
    aliveAt = shared.clock.instant();
  }

  private synchronized Instant lastAlive() {
    return aliveAt;
  }

  private void began(Exchange connection) {
    synchronized (this) {
      if (current != connection || subscribed) {
        return;
      }
      subscribed = true;
      fault = null;
      aliveAt = shared.clock.instant();
      subscriber.began(aliveAt);
    }
    failures.set(0);
    LOG.info("event={}_subscribed instance={}", shared.kind, target.instanceId());
  }

  private void broke(Exchange connection, String why, Instant at) {
    boolean was;
    synchronized (this) {
      if (current != connection) {
        return;
      }
      current = null;
      was = subscribed;
      subscribed = false;
    }
    connection.close();
    if (was) {
      subscriber.lost(at);
    }
    retry(why);
  }

  private void retry(String why) {
    int inARow = failures.incrementAndGet();
    synchronized (this) {
      fault = why;
      if (closed) {
        return;
      }
    }
    if (inARow == 1) {
      LOG.warn(
          "event={}_unsubscribed instance={} reason=\"{}\"", shared.kind, target.instanceId(), why);
    }
    Duration delay = retry.after(inARow, shared.random);
    if (!shared.timers.isShutdown()) {
      ScheduledFuture<?> unused =
          shared.timers.schedule(this::connect, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** The error code of a server's refusal, else the kind of fault; one line without secrets. */
  private static String reason(ProbeOutcome<?> outcome) {
    if (outcome instanceof Refused<?> refused) {
      return refused.code();
    }
    return outcome instanceof Failed<?> failed ? failed.error() : "timeout";
  }

  /** Hands messages on in the connection's own thread: nothing is queued. */
  private final class Messages implements PushReceiver {

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // One connection is open at a time.
    public void message(
        ByteBuffer bytes, int channel, int channelLength, int payload, int payloadLength) {
      received++;
      subscriber.message(bytes, channel, channelLength, payload, payloadLength);
    }

    @Override
    public void foreign() {
      subscriber.foreign();
    }
  }
}
