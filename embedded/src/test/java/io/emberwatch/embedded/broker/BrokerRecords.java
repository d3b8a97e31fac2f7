package io.emberwatch.embedded.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Topics and text records on a broker, as tests need them. */
record BrokerRecords(String bootstrapServers) {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  Admin admin() {
    return Admin.create(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "default.api.timeout.ms",
            20_000,
            "request.timeout.ms",
            5_000));
  }

  /** Creates a topic and waits until every partition answers: 4.3.1 loses records before that. */
  void createTopic(String topic, int partitions) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(Set.of(new NewTopic(topic, partitions, (short) 1))).all().get();
      for (TopicPartition partition : partitions(topic, partitions)) {
        Awaitility.await()
            .atMost(TIMEOUT)
            .ignoreExceptionsMatching(e -> e.getCause() instanceof RetriableException)
            .until(() -> endOffset(admin, partition) == 0);
      }
    }
  }

  private static long endOffset(Admin admin, TopicPartition partition) throws Exception {
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .get(5, TimeUnit.SECONDS)
        .offset();
  }

  /** Writes the values in one transaction, committed or aborted. */
  void produce(String topic, List<String> values, boolean commit) throws Exception {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "transactional.id", "writer",
            "delivery.timeout.ms", 15_000,
            "request.timeout.ms", 5_000,
            "max.block.ms", 20_000);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value, value)).get(20, TimeUnit.SECONDS);
      }
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  /** All committed values of a topic, sorted. */
  List<String> readCommitted(String topic, int partitions, int expected) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(partitions(topic, partitions));
      consumer.seekToBeginning(consumer.assignment());
      Awaitility.await()
          .atMost(TIMEOUT)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(r -> values.add(r.value()));
                return values.size() >= expected;
              });
      consumer.poll(Duration.ofMillis(200)).forEach(r -> values.add(r.value()));
    }
    return values.stream().sorted().toList();
  }

  private static List<TopicPartition> partitions(String topic, int partitions) {
    return IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
  }
}
