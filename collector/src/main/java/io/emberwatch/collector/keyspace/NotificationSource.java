package io.emberwatch.collector.keyspace;

import io.emberwatch.schemas.NotificationCounters;
import java.util.Optional;

/** What the poller asks and tells with each sample. Thread-safe, and answers at once. */
public interface NotificationSource {

  /** No target opted in. */
  NotificationSource NONE =
      new NotificationSource() {
        @Override
        public Optional<NotificationCounters> counters(String instanceId) {
          return Optional.empty();
        }

        @Override
        public void setting(String instanceId, String notifyKeyspaceEvents) {}
      };

  /** Figures of the present subscription to this target; empty while there is none. */
  Optional<NotificationCounters> counters(String instanceId);

  /**
   * The poller read the server's {@code notify-keyspace-events} again. A subscription reads it only
   * when it begins, since RESP2 allows no other command on a subscribed connection.
   */
  void setting(String instanceId, String notifyKeyspaceEvents);
}
