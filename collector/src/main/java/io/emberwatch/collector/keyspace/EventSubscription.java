package io.emberwatch.collector.keyspace;

import io.emberwatch.collector.target.Target;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
 * Keeps one target subscribed to all of its keyspace events on a connection of its own. A
 * connection that breaks, or that stays silent on a heartbeat, is replaced after a growing delay.
 * It reads {@code notify-keyspace-events} before it subscribes, and never sets it. Thread-safe.
 */
final class EventSubscription implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventSubscription.class);
  private static final byte[] PATTERN = "__keyevent@*__:*".getBytes(StandardCharsets.US_ASCII);
  private static final String SETTING = "notify-keyspace-events";

  private final Target target;
  private final EventWindows windows;
  private final Links links;
  private final AtomicInteger failures = new AtomicInteger();
  private final ScheduledFuture<?> heartbeat;
  private @Nullable StatefulRedisPubSubConnection<byte[], byte[]> current;
  private Instant aliveAt;
  private @Nullable String fault;
  private boolean subscribed;
  private boolean closed;

  /**
   * What every subscription shares.
   *
   * @param timers runs short tasks that do not block
   * @param heartbeat between two proofs of life
   * @param timeout for the answer to a command
   */
  record Links(
      PubSubConnector connector,
      ScheduledExecutorService timers,
      RetryDelay retry,
      Duration heartbeat,
      Duration timeout,
      KeyspaceMeters meters,
      RandomGenerator random,
      Clock clock) {}

  /** Begins to connect. */
  EventSubscription(Target target, EventWindows windows, Links links) {
    this.target = target;
    this.windows = windows;
    this.links = links;
    this.aliveAt = links.clock.instant();
    long nanos = links.heartbeat.toNanos();
    this.heartbeat =
        links.timers.scheduleWithFixedDelay(this::beat, nanos, nanos, TimeUnit.NANOSECONDS);
    connect();
  }

  /** Whether events are being received. */
  synchronized boolean subscribed() {
    return subscribed;
  }

  /** Why there is no subscription, one line; empty when there is one, or none was tried yet. */
  synchronized Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  @Override
  public void close() {
    StatefulRedisPubSubConnection<byte[], byte[]> open;
    synchronized (this) {
      closed = true;
      subscribed = false;
      open = current;
      current = null;
    }
    heartbeat.cancel(false);
    if (open != null) {
      windows.lost(links.clock.instant());
      CompletableFuture<Void> unused = open.closeAsync();
    }
  }

  private void connect() {
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    links
        .connector
        .connect(target)
        .whenComplete(
            (connection, failure) -> {
              if (failure == null) {
                opened(connection);
              } else {
                failed(failure);
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
    connection.addListener(new Events(connection));
    // Before subscribing: RESP2 allows no other command afterwards.
    readSetting(connection)
        .thenCompose(read -> psubscribe(connection))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                broke(connection, reason(failure), links.clock.instant());
              }
            });
  }

  private CompletableFuture<Void> psubscribe(
      StatefulRedisPubSubConnection<byte[], byte[]> connection) {
    return bounded(connection.async().psubscribe(PATTERN));
  }

  /** Never fails: a server that refuses to say is a fact, and a dead one shows at PSUBSCRIBE. */
  private CompletionStage<Void> readSetting(
      StatefulRedisPubSubConnection<byte[], byte[]> connection) {
    return bounded(connection.async().configGet(SETTING))
        .handle(
            (Map<String, String> answer, Throwable failure) -> {
              if (failure == null) {
                windows.setting(Optional.ofNullable(answer.get(SETTING)));
              } else if (refusal(failure) != null) {
                windows.setting(Optional.empty());
              }
              return null;
            });
  }

  /**
   * Subscribes again, which changes nothing and is the one question that every version answers
   * while subscribed. Events that arrive meanwhile are a proof of life as well: the answer may wait
   * behind them.
   */
  private void beat() {
    StatefulRedisPubSubConnection<byte[], byte[]> connection;
    synchronized (this) {
      connection = subscribed ? current : null;
    }
    if (connection == null) {
      return;
    }
    long before = windows.received();
    CompletableFuture<Void> unusedProof =
        psubscribe(connection)
            .whenComplete(
                (done, failure) -> {
                  if (failure == null || windows.received() != before) {
                    alive();
                  } else {
                    broke(connection, "no answer to a heartbeat", lastAlive());
                  }
                });
  }

  private synchronized void alive() {
    aliveAt = links.clock.instant();
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
      aliveAt = links.clock.instant();
      windows.subscribed(aliveAt);
    }
    failures.set(0);
    LOG.info("event=keyspace_subscribed instance={}", target.instanceId());
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
      windows.lost(at);
      links.meters.subscriptionLost();
    }
    retry(why);
  }

  private void failed(Throwable failure) {
    retry(reason(failure));
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
      LOG.warn("event=keyspace_unsubscribed instance={} reason=\"{}\"", target.instanceId(), why);
    }
    Duration delay = links.retry.after(inARow, links.random);
    if (!links.timers.isShutdown()) {
      ScheduledFuture<?> unused =
          links.timers.schedule(this::connect, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private <T> CompletableFuture<T> bounded(CompletionStage<T> command) {
    return command
        .toCompletableFuture()
        .copy()
        .orTimeout(links.timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The error code of a server's refusal, else the kind of fault; never an address or argument. */
  private static String reason(Throwable failure) {
    RedisCommandExecutionException refusal = refusal(failure);
    if (refusal != null && refusal.getMessage() != null) {
      return refusal.getMessage().split(" ", 2)[0];
    }
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost.getClass().getSimpleName();
  }

  /** What the server refused, also where Lettuce wraps it as a connect that failed. */
  private static @Nullable RedisCommandExecutionException refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisCommandExecutionException refused) {
        return refused;
      }
    }
    return null;
  }

  /** Hears of the connection's end. */
  private final class Loss implements RedisConnectionStateListener {

    private final StatefulRedisPubSubConnection<byte[], byte[]> connection;

    Loss(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
      this.connection = connection;
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
      broke(connection, "connection closed", links.clock.instant());
    }
  }

  /** Counts in the connection's own thread: nothing is queued. */
  private final class Events extends RedisPubSubAdapter<byte[], byte[]> {

    private final StatefulRedisPubSubConnection<byte[], byte[]> connection;

    Events(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
      this.connection = connection;
    }

    @Override
    public void psubscribed(byte[] pattern, long count) {
      began(connection);
    }

    @Override
    public void message(byte[] pattern, byte[] channel, byte[] key) {
      if (!windows.message(channel, key)) {
        links.meters.unparsed();
      }
    }
  }
}
