package io.emberwatch.alerter.intake;

import io.emberwatch.alerter.ledger.BreachLedger;
import io.emberwatch.alerter.store.Database;
import io.emberwatch.runtime.lifecycle.CheckState;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topics;
import java.time.Clock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Puts the parts of the intake together. */
public final class BreachIntake {

  private BreachIntake() {}

  /**
   * A consumer that owns the Kafka consumer given and borrows the producer.
   *
   * @param check told whether breaches are being read
   */
  public static BreachConsumer consumer(
      Clients clients, Database database, BreachLedger ledger, CheckState check, Clock clock) {
    Quarantine quarantine =
        new Quarantine(
            clients.producer(),
            AvroSerde.of(Topics.DEAD_LETTERS, clients.schemas()).serializer(),
            clock);
    BreachBatch batch =
        new BreachBatch(
            database,
            ledger,
            AvroSerde.of(Topics.BREACHES, clients.schemas()).deserializer(),
            quarantine,
            clients.metrics(),
            clock);
    return new BreachConsumer(clients.consumer(), database, batch, clients.metrics(), check, clock);
  }

  /** What the intake talks to. */
  public record Clients(
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      SchemaIds schemas,
      IntakeMetrics metrics) {}
}
