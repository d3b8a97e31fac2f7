package io.emberwatch.collector.subscribe;

import io.emberwatch.collector.target.Target;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletionStage;

/** Opens a connection for a subscription. */
@FunctionalInterface
public interface PubSubConnector {

  /**
   * A named connection of its own, with the target's login and TLS, that does not reconnect by
   * itself. The stage ends within a bounded time.
   */
  CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> connect(Target target);
}
