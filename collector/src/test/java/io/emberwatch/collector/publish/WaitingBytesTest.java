package io.emberwatch.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.Slowlog;
import io.emberwatch.schemas.registry.InMemorySchemas;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class WaitingBytesTest {

  private static final int RECORD_BYTES = 1 << 20;
  private static final int ROOM = (int) (RecordPublisher.MAX_WAITING_BYTES / RECORD_BYTES);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private final RecordPublisher publisher =
      new RecordPublisher(
          producer,
          new InMemorySchemas(),
          new PublishSettings(10_000, Duration.ofSeconds(5)),
          registry,
          Clock.systemUTC());

  @Test
  void hasNoRoomForMoreBytesHoweverFewRecordsTheyAre() {
    for (int i = 0; i < ROOM; i++) {
      assertThat(publisher.hasRoom()).isTrue();
      assertThat(offer()).isTrue();
    }

    assertThat(publisher.hasRoom()).isFalse();
    assertThat(offer()).isFalse();
    assertThat(
            registry.counter(
                "emberwatch.collector.records.dropped",
                "topic",
                Topics.SLOWLOG.name(),
                "reason",
                "full"))
        .matches(dropped -> dropped.count() == 1);
    publisher.close();
  }

  @Test
  void hasRoomAgainOnceTheProducerTookThem() {
    for (int i = 0; i < ROOM; i++) {
      offer();
    }

    publisher.start(List.of(Topics.SLOWLOG));

    Awaitility.await().until(() -> producer.history().size() == ROOM && publisher.hasRoom());
    publisher.close();
  }

  private boolean offer() {
    Slowlog slow = new Slowlog();
    slow.setInstanceId("f/g/h:1");
    slow.setFleet("f");
    slow.setGroup("g");
    slow.setLabels(Map.of());
    slow.setCollectorId("c1");
    slow.setExecutedAt(Instant.EPOCH);
    slow.setCommand("set");
    slow.setArguments(List.of("x".repeat(RECORD_BYTES)));
    return publisher.offer(Topics.SLOWLOG, slow.getInstanceId(), slow, null);
  }
}
