package io.emberwatch.collector.subscribe;

import io.emberwatch.collector.target.Target;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
  private final byte[] pattern;
  private final Subscriber subscriber;
  private final Shared shared;
  private final RetryDelay retry;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong received = new AtomicLong();
  private final ScheduledFuture<?> heartbeat;
  private @Nullable StatefulRedisPubSubConnection<byte[], byte[]> current;
  private Instant aliveAt;
  private @Nullable String fault;
  private boolean subscribed;
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
  public Subscription(Target target, byte[] pattern, Subscriber subscriber, Shared shared) {
    this.target = target;
    this.pattern = pattern.clone();
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
    StatefulRedisPubSubConnection<byte[], byte[]> open;
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
      CompletableFuture<Void> unused = open.closeAsync();
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
                retry(Refusals.reason(failure));
              }
            });
  }

  private void opened(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
    synchronized (this) {
      if (closed) {
        CompletableFuture<Void> unused = connection.closeAsync();
        return;
      }
      current = connection;
    }
    connection.addListener(new Loss(connection));
    connection.addListener(new Messages(connection));
    subscriber
        .opened(connection)
        .thenCompose(ready -> psubscribe(connection))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                broke(connection, Refusals.reason(failure), shared.clock.instant());
              }
            });
  }

  private CompletableFuture<Void> psubscribe(
      StatefulRedisPubSubConnection<byte[], byte[]> connection) {
    return connection
        .async()
        .psubscribe(pattern)
        .toCompletableFuture()
        .copy()
        .orTimeout(shared.timing.timeout().toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Subscribes again, which changes nothing and is the one question that every version answers
   * while subscribed. Messages that arrive meanwhile are a proof of life as well: the answer may
   * wait behind them.
   */
  private void beat() {
    StatefulRedisPubSubConnection<byte[], byte[]> connection;
    synchronized (this) {
      connection = subscribed ? current : null;
    }
    if (connection == null) {
      return;
    }
    long before = received.get();
    CompletableFuture<Void> unusedProof =
        psubscribe(connection)
            .whenComplete(
                (done, failure) -> {
                  if (failure == null || received.get() != before) {
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

  private void began(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
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

  private void broke(
      StatefulRedisPubSubConnection<byte[], byte[]> connection, String why, Instant at) {
    boolean was;
    synchronized (this) {
      if (current != connection) {
        return;
      }
      current = null;
      was = subscribed;
      subscribed = false;
    }
    CompletableFuture<Void> unused = connection.closeAsync();
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

  /** Hears of the connection's end. */
  private final class Loss implements RedisConnectionStateListener {

    private final StatefulRedisPubSubConnection<byte[], byte[]> connection;

    Loss(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
      this.connection = connection;
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
      broke(connection, "connection closed", shared.clock.instant());
    }
  }

  /** Hands messages on in the connection's own thread: nothing is queued. */
  private final class Messages extends RedisPubSubAdapter<byte[], byte[]> {

    private final StatefulRedisPubSubConnection<byte[], byte[]> connection;

    Messages(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
      this.connection = connection;
    }

    @Override
    public void psubscribed(byte[] channels, long count) {
      began(connection);
    }

    @Override
    public void message(byte[] channels, byte[] channel, byte[] payload) {
      received.incrementAndGet();
      subscriber.message(channel, payload);
    }
  }
}
