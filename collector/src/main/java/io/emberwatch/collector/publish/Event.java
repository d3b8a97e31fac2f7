package io.emberwatch.collector.publish;

import io.emberwatch.collector.spool.Outgoing;

/** What the publisher's thread is told by others. */
sealed interface Event {

  /** A record to publish. */
  record Offered(Outgoing record) implements Event {}

  /** What became of a record that was sent. */
  record Answered(Sent sent, Answer answer) implements Event {}

  /** Kafka is there. */
  record Connected(Connection connection) implements Event {}
}
