package io.emberwatch.collector.keyspace;

import io.emberwatch.collector.target.Target;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletionStage;

/** Opens a connection for notifications. */
@FunctionalInterface
public interface PubSubConnector {

  /**
   * A named connection of its own, with the target's login and TLS, that does not reconnect by
   * itself. The stage ends within a bounded time.
   */
  CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> connect(Target target);
}
