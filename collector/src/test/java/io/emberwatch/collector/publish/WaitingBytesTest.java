package io.emberwatch.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.spool.SpoolSettings;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WaitingBytesTest {

  private static final int RECORD_BYTES = 1 << 20;
  private static final int ROOM = (int) (RecordPublisher.MAX_WAITING_BYTES / RECORD_BYTES);

  private SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeKafka kafka = new FakeKafka();
  @TempDir private Path folder;
  private RecordPublisher publisher = publisher(Path.of("none"));

  @BeforeEach
  void makePublisher() {
    publisher = publisher(folder);
  }

  private RecordPublisher publisher(Path spool) {
    registry = new SimpleMeterRegistry();
    return new RecordPublisher(
        kafka,
        kafka.schemas,
        new PublishSettings(10_000, Duration.ofSeconds(5), new SpoolSettings(spool, 1 << 20)),
        registry,
        Clock.systemUTC());
  }

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

    Awaitility.await()
        .until(
            () ->
                !kafka.producers.isEmpty()
                    && kafka.last().history().size() == ROOM
                    && publisher.hasRoom());
    publisher.close();
  }

  private boolean offer() {
    return publisher
        .offer(
            Topics.SLOWLOG,
            "f/g/h:1",
            SlowlogRecords.of("f/g/h:1", 1, "x".repeat(RECORD_BYTES)),
            null)
        .isPresent();
  }
}
