package io.emberwatch.alerter.intake;

import io.emberwatch.alerter.ledger.BreachLedger;
import io.emberwatch.alerter.store.Database;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.registry.InMemorySchemas;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One partition of breaches in memory, read as the intake reads it: from the stored offset on, in
 * batches, each in one transaction.
 */
public final class BreachLog {

  private static final TopicPartition PARTITION = new TopicPartition(Topics.BREACHES.name(), 0);

  private final InMemorySchemas schemas = new InMemorySchemas();
  private final AvroSerde<Breach> serde = AvroSerde.of(Topics.BREACHES, schemas);
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final MockProducer<byte[], byte[]> deadLetters =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

  public void append(Breach breach) {
    append(Objects.requireNonNull(serde.serializer().serialize(PARTITION.topic(), breach)));
  }

  /** Appends bytes that may be no breach. */
  public void append(byte[] value) {
    byte[] key = ("key-" + records.size()).getBytes(StandardCharsets.UTF_8);
    records.add(new ConsumerRecord<>(PARTITION.topic(), 0, records.size(), key, value));
  }

  /** What went aside. */
  public List<ProducerRecord<byte[], byte[]>> deadLetters() {
    return deadLetters.history();
  }

  /** The reader of a new process. */
  public Reader reader(Database database, BreachLedger ledger, Clock clock) {
    Quarantine quarantine =
        new Quarantine(deadLetters, AvroSerde.of(Topics.DEAD_LETTERS, schemas).serializer(), clock);
    BreachBatch batch =
        new BreachBatch(
            database,
            ledger,
            serde.deserializer(),
            quarantine,
            new IntakeMetrics(new SimpleMeterRegistry()),
            clock);
    return new Reader(database, batch);
  }

  /** Reads on from the stored offset. */
  public final class Reader {

    private final Database database;
    private final BreachBatch batch;

    private Reader(Database database, BreachBatch batch) {
      this.database = database;
      this.batch = batch;
    }

    /**
     * Applies the next records.
     *
     * @param repeat records before the stored offset to read again, as after a rebalance
     * @return whether there were new ones
     */
    public boolean step(int maxRecords, int repeat) {
      long stored =
          database.<Long>transact(
              session -> session.offsets().next(PARTITION.topic(), 0).orElse(0));
      int next = (int) stored;
      int from = Math.max(0, next - repeat);
      int to = Math.min(records.size(), next + maxRecords);
      if (from < to) {
        batch.apply(PARTITION, records.subList(from, to));
      }
      return next < records.size();
    }
  }
}
