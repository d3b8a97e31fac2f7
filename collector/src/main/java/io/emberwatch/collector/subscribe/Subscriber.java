package io.emberwatch.collector.subscribe;

import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes what one subscription receives. Its methods must not block. */
public interface Subscriber {

  /**
   * A connection is open and not yet subscribed, which is the only time when RESP2 allows other
   * commands on it.
   *
   * @return completes when the subscription may begin; never fails
   */
  default CompletionStage<Void> opened(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
    return CompletableFuture.completedFuture(null);
  }

  /** Messages are received from here on. */
  void began(Instant at);

  /**
   * The connection broke; another is being tried.
   *
   * @param at when it was last known to be alive
   */
  void lost(Instant at);

  /** The subscription was ended on purpose. */
  void ended(Instant at);

  /** One message, in the connection's own thread. */
  void message(byte[] channel, byte[] payload);
}
