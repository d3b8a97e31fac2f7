package io.emberwatch.collector.publish;

import io.emberwatch.collector.spool.WriterSchemas;
import io.emberwatch.schemas.serde.WireFormat;
import io.emberwatch.schemas.topic.Topics;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka that is away, or takes each record at once, or when it is told to. */
final class FakeKafka implements KafkaConnector {

  final WriterSchemas schemas = new WriterSchemas();
  final List<MockProducer<String, byte[]>> producers = new CopyOnWriteArrayList<>();
  final Set<String> topics = Set.of(Topics.SLOWLOG.name());
  volatile boolean here = true;
  volatile boolean answersAtOnce = true;

  @Override
  public Connection connect() {
    if (!here) {
      throw new TimeoutException("Kafka is away");
    }
    MockProducer<String, byte[]> producer =
        new MockProducer<>(answersAtOnce, null, new StringSerializer(), new ByteArraySerializer());
    producers.add(producer);
    return new Connection(
        producer,
        schemas.written().stream()
            .collect(Collectors.toMap(schema -> schema, schema -> WireFormat.header(7))),
        topics);
  }

  MockProducer<String, byte[]> last() {
    return producers.get(producers.size() - 1);
  }

  /** Numbers of the records that the last producer was given. */
  List<Long> numbers() {
    return last().history().stream()
        .map(ProducerRecord::value)
        .map(SlowlogRecords::numberOf)
        .toList();
  }
}
