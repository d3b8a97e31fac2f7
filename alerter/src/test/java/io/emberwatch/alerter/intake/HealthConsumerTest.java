package io.emberwatch.alerter.intake;

import static io.emberwatch.alerter.intake.FleetHealthTest.health;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import io.emberwatch.schemas.registry.InMemorySchemas;
import io.emberwatch.schemas.registry.RegistryException;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthConsumerTest {

  private static final String TOPIC = Topics.HEALTH.name();
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private final FlakySchemas schemas = new FlakySchemas();
  private final AvroSerde<Health> serde = AvroSerde.of(Topics.HEALTH, schemas);
  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FleetHealth fleet = new FleetHealth();
  private final HealthConsumer consumer =
      new HealthConsumer(kafka, serde.deserializer(), fleet, new IntakeMetrics(meters));
  private long offset;

  @BeforeEach
  void makeTopic() {
    Node node = new Node(0, "127.0.0.1", 9092);
    PartitionInfo partition =
        new PartitionInfo(TOPIC, 0, node, new Node[] {node}, new Node[] {node});
    kafka.updatePartitions(TOPIC, List.of(partition));
    kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
  }

  @Test
  void isCompleteWhenAllIsReadThatWasThereAtTheStart() {
    kafka.updateEndOffsets(Map.of(PARTITION, 2L));
    kafka.schedulePollTask(() -> put("prod/a", health("prod/a", HealthState.HEALTHY)));
    kafka.schedulePollTask(() -> put("prod/b", health("prod/b", HealthState.DOWN)));

    consumer.step();
    assertThat(fleet.complete()).isFalse();
    consumer.step();

    assertThat(fleet.complete()).isTrue();
    assertThat(fleet.all()).extracting(Health::getScopeId).containsExactly("prod/a", "prod/b");
  }

  @Test
  void forgetsAScopeThatWasDeleted() {
    kafka.updateEndOffsets(Map.of(PARTITION, 2L));
    kafka.schedulePollTask(
        () -> {
          put("prod/a", health("prod/a", HealthState.HEALTHY));
          put("prod/a", null);
        });
    consumer.step();

    assertThat(fleet.all()).isEmpty();
  }

  @Test
  void countsWhatItCannotReadAndGoesOn() {
    kafka.updateEndOffsets(Map.of(PARTITION, 3L));
    kafka.schedulePollTask(
        () -> {
          add("prod/a".getBytes(StandardCharsets.UTF_8), new byte[] {9, 9});
          add(null, new byte[] {1});
          put("prod/b", health("prod/b", HealthState.HEALTHY));
        });
    consumer.step();

    assertThat(meters.counter("emberwatch.alerter.health.unreadable").count()).isEqualTo(2);
    assertThat(fleet.find("prod/b")).isPresent();
  }

  @Test
  void readsAgainWhatItCouldNotReadWithoutTheRegistry() {
    kafka.updateEndOffsets(Map.of(PARTITION, 1L));
    byte[] value = serde.serializer().serialize(TOPIC, health("prod/a", HealthState.DOWN));
    byte[] key = "prod/a".getBytes(StandardCharsets.UTF_8);
    HealthConsumer fresh =
        new HealthConsumer(
            kafka,
            AvroSerde.of(Topics.HEALTH, schemas).deserializer(),
            fleet,
            new IntakeMetrics(meters));
    schemas.down = true;
    kafka.schedulePollTask(() -> kafka.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, key, value)));
    assertThatThrownBy(fresh::step).isInstanceOf(RuntimeException.class);
    assertThat(fleet.complete()).isFalse();

    schemas.down = false;
    kafka.schedulePollTask(() -> kafka.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, key, value)));
    fresh.step();

    assertThat(fleet.find("prod/a")).isPresent();
  }

  private void put(String scopeId, @Nullable Health health) {
    byte[] key = scopeId.getBytes(StandardCharsets.UTF_8);
    add(key, health == null ? null : serde.serializer().serialize(TOPIC, health));
  }

  private void add(byte @Nullable [] key, byte @Nullable [] value) {
    kafka.addRecord(new ConsumerRecord<>(TOPIC, 0, offset++, key, value));
  }

  /** A registry that can be down. */
  private static final class FlakySchemas implements SchemaIds {

    private final InMemorySchemas schemas = new InMemorySchemas();
    private boolean down;

    @Override
    public int idOf(String subject, Schema schema) {
      return schemas.idOf(subject, schema);
    }

    @Override
    public Schema schemaOf(int id) {
      if (down) {
        throw new RegistryException(RegistryException.Code.UNREACHABLE, "the registry is down");
      }
      return schemas.schemaOf(id);
    }
  }
}
