package io.emberwatch.collector.subscribe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.target.Target;
import java.util.concurrent.CompletionStage;

/** Opens a connection for a subscription. */
@FunctionalInterface
public interface PubSubConnector {

  /**
   * A named connection of its own that takes {@link Exchange#subscribe}, with the target's login
   * and TLS, that does not reconnect by itself. The stage ends within a bounded time.
   */
  CompletionStage<Exchange> connect(Target target);
}
