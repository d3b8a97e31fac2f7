package io.emberwatch.collector.publish;

/** What Kafka's client says of a record that it was given. */
sealed interface Answer {

  /** Kafka has it. */
  record Taken() implements Answer {}

  /** Kafka refuses this record for good: it would be refused again. */
  record Refused(Exception fault) implements Answer {}

  /** The record may have arrived or not, and the client is of no use any more. */
  record Broken(Exception fault) implements Answer {}
}
