package io.emberwatch.collector.keyspace;

import io.emberwatch.collector.subscribe.Refusals;
import io.emberwatch.collector.subscribe.Subscriber;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Counts the keyspace events of one target in the connection's own thread. It reads {@code
 * notify-keyspace-events} before it subscribes, and never sets it.
 */
final class EventSubscriber implements Subscriber {

  private static final String SETTING = "notify-keyspace-events";

  private final EventWindows windows;
  private final KeyspaceMeters meters;
  private final Duration timeout;

  /**
   * @param timeout for the answer to CONFIG GET
   */
  EventSubscriber(EventWindows windows, KeyspaceMeters meters, Duration timeout) {
    this.windows = windows;
    this.meters = meters;
    this.timeout = timeout;
  }

  /** All keyspace events of all databases; letter by letter what an ACL user is granted. */
  static byte[] pattern() {
    return "__keyevent@*__:*".getBytes(StandardCharsets.US_ASCII);
  }

  /** Never fails: a server that refuses to say is a fact, and a dead one shows at PSUBSCRIBE. */
  @Override
  public CompletionStage<Void> opened(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
    return connection
        .async()
        .configGet(SETTING)
        .toCompletableFuture()
        .copy()
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .handle(
            (Map<String, String> answer, Throwable failure) -> {
              if (failure == null) {
                windows.setting(Optional.ofNullable(answer.get(SETTING)));
              } else if (Refusals.isRefusal(failure)) {
                windows.setting(Optional.empty());
              }
              return null;
            });
  }

  @Override
  public void began(Instant at) {
    windows.subscribed(at);
  }

  @Override
  public void lost(Instant at) {
    windows.lost(at);
    meters.subscriptionLost();
  }

  @Override
  public void ended(Instant at) {
    windows.lost(at);
  }

  @Override
  public void message(byte[] channel, byte[] key) {
    if (!windows.message(channel, key)) {
      meters.unparsed();
    }
  }
}
