package io.emberwatch.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.embedded.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicAdminIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final TopicSizing SIZING = TopicSizing.replicated(1);

  @TempDir static Path folder;

  private EmbeddedBroker broker;
  private Admin admin;
  private TopicAdmin topics;

  @BeforeEach
  void start() {
    broker =
        EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder.resolve("" + System.nanoTime())));
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    topics = new TopicAdmin(admin, TIMEOUT);
  }

  @AfterEach
  void stop() {
    admin.close(Duration.ofSeconds(5));
    broker.close();
  }

  @Test
  void createsTheWholeCatalogueAndThenNothing() throws Exception {
    assertThat(topics.drift(SIZING))
        .hasSize(Topics.all().size())
        .allMatch(drift -> drift.actual().equals("missing"));

    assertThat(topics.create(SIZING)).hasSize(Topics.all().size());

    assertThat(topics.create(SIZING)).isEmpty();
    assertThat(topics.drift(SIZING)).isEmpty();
    assertThat(topics.describe())
        .hasSize(Topics.all().size())
        .allMatch(topic -> topic.replicationFactor() == 1);
    writeToEveryPartitionAtOnce();
  }

  @Test
  void reportsDriftAndLeavesIt() throws Exception {
    topics.create(TopicSizing.uniform(1, 2));
    change(Topics.HEALTH.name(), "cleanup.policy", "delete");
    change(Topics.SAMPLES.name(), "retention.ms", "1000");
    admin.createPartitions(Map.of(Topics.RATES.name(), NewPartitions.increaseTo(3))).all().get();

    List<TopicDrift> drift = topics.drift(TopicSizing.uniform(1, 2));

    assertThat(drift)
        .containsExactlyInAnyOrder(
            new TopicDrift("emberwatch.health", "cleanup.policy", "compact", "delete"),
            new TopicDrift("emberwatch.samples", "retention.ms", "604800000", "1000"),
            new TopicDrift("emberwatch.rates", "partitions", "2", "3"));
    assertThat(topics.create(TopicSizing.uniform(1, 2))).isEmpty();
    assertThat(topics.drift(TopicSizing.uniform(1, 2))).hasSize(3);
  }

  @Test
  void saysWhichTopicTheClusterRefuses() {
    assertThatThrownBy(() -> topics.create(TopicSizing.replicated(3)))
        .isInstanceOf(TopicException.class)
        .hasMessageContaining("emberwatch.targets");
  }

  @Test
  void givesUpOnAClusterThatIsGone() {
    broker.close();

    assertThatThrownBy(() -> new TopicAdmin(admin, Duration.ofSeconds(2)).create(SIZING))
        .isInstanceOf(TopicException.class)
        .hasMessageContaining("cannot create topic");
  }

  private void writeToEveryPartitionAtOnce() throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      for (int partition = 0; partition < Topics.SAMPLES.partitions(); partition++) {
        producer
            .send(new ProducerRecord<>(Topics.SAMPLES.name(), partition, "k", "v"))
            .get(10, TimeUnit.SECONDS);
      }
    }
  }

  private void change(String topic, String key, String value) throws Exception {
    AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    admin
        .incrementalAlterConfigs(
            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)))
        .all()
        .get();
  }
}
