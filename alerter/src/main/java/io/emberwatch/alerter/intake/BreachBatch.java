package io.emberwatch.alerter.intake;

import io.emberwatch.alerter.incident.BreachEvent;
import io.emberwatch.alerter.ledger.BreachLedger;
import io.emberwatch.alerter.ledger.Verdict;
import io.emberwatch.alerter.store.Database;
import io.emberwatch.alerter.store.Session;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.serde.SerdeException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Applies records of one partition: all in one transaction together with the offset, or, when one
 * of them is at fault, one by one with that one in quarantine.
 */
final class BreachBatch {

  private final Database database;
  private final BreachLedger ledger;
  private final Deserializer<Breach> deserializer;
  private final Quarantine quarantine;
  private final IntakeMetrics metrics;
  private final Clock clock;

  BreachBatch(
      Database database,
      BreachLedger ledger,
      Deserializer<Breach> deserializer,
      Quarantine quarantine,
      IntakeMetrics metrics,
      Clock clock) {
    this.database = database;
    this.ledger = ledger;
    this.deserializer = deserializer;
    this.quarantine = quarantine;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Returns when the records are applied or in quarantine and the offset is stored.
   *
   * @throws RuntimeException when the database, the registry or the broker does not answer; the
   *     records from the stored offset on must then be read again
   */
  void apply(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
    List<Incoming> readable = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      read(record).ifPresent(readable::add);
    }
    long next = records.get(records.size() - 1).offset() + 1;
    try {
      commit(partition, readable, next);
    } catch (RuntimeException e) {
      if (!Database.blamesData(e)) {
        throw e;
      }
      oneByOne(partition, readable, next);
    }
  }

  private void oneByOne(TopicPartition partition, List<Incoming> readable, long next) {
    for (Incoming one : readable) {
      try {
        commit(partition, List.of(one), one.record().offset() + 1);
      } catch (RuntimeException e) {
        if (!Database.blamesData(e)) {
          throw e;
        }
        quarantine(one.record(), "processing", e);
      }
    }
    commit(partition, List.of(), next);
  }

  private void commit(TopicPartition partition, List<Incoming> incoming, long next) {
    Instant now = clock.instant();
    List<Verdict> verdicts =
        database.transact(session -> applyAll(session, partition, incoming, next, now));
    verdicts.forEach(metrics::applied);
    metrics.skipped(incoming.size() - verdicts.size());
  }

  private List<Verdict> applyAll(
      Session session, TopicPartition partition, List<Incoming> incoming, long next, Instant now) {
    long stored = session.offsets().next(partition.topic(), partition.partition()).orElse(0);
    List<Verdict> verdicts = new ArrayList<>();
    for (Incoming one : incoming) {
      if (one.record().offset() >= stored) {
        verdicts.add(ledger.apply(session, one.event(), now));
      }
    }
    if (next > stored) {
      session.offsets().save(partition.topic(), partition.partition(), next);
    }
    return verdicts;
  }

  private Optional<Incoming> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      Breach breach = deserializer.deserialize(record.topic(), record.value());
      if (breach == null) {
        throw new IllegalArgumentException("the record has no value");
      }
      return Optional.of(new Incoming(record, BreachReader.read(breach, clock.instant())));
    } catch (SerdeException e) {
      if (e.code() == SerdeException.Code.REGISTRY) {
        throw e;
      }
      quarantine(record, "deserialization", e);
    } catch (IllegalArgumentException e) {
      quarantine(record, "processing", e);
    }
    return Optional.empty();
  }

  private void quarantine(ConsumerRecord<byte[], byte[]> record, String kind, Exception reason) {
    quarantine.put(record, kind, reason);
    metrics.quarantined();
  }

  private record Incoming(ConsumerRecord<byte[], byte[]> record, BreachEvent event) {}
}
