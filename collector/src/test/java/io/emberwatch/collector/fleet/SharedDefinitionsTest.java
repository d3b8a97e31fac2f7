package io.emberwatch.collector.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.target.Definitions;
import io.emberwatch.collector.target.Retirement;
import io.emberwatch.collector.target.Target;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.schemas.TargetDefinition;
import io.emberwatch.schemas.registry.InMemorySchemas;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kafka's own fake of a consumer stands for the group. */
class SharedDefinitionsTest {

  private static final Instant WRITTEN = Instant.ofEpochMilli(1_000);

  private final AtomicLong nanos = new AtomicLong();
  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final AvroSerde<TargetDefinition> serde =
      AvroSerde.of(Topics.TARGETS, new InMemorySchemas());
  private final SharedDefinitions shared =
      new SharedDefinitions(
          () -> consumer,
          serde.deserializer(),
          new FleetSettings("g", Duration.ofSeconds(10), Path.of(".")),
          nanos::get,
          Clock.systemUTC());
  private final List<Definitions> announced = new CopyOnWriteArrayList<>();
  private final List<Retirement> retired = new CopyOnWriteArrayList<>();
  private long offset;

  @BeforeEach
  void start() {
    shared.onChange(announced::add);
    shared.onRetired(retired::addAll);
    shared.start();
  }

  @AfterEach
  void stop() {
    shared.close();
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void isNotInForceBeforeTheGroupHasAnswered() {
    poll(() -> {});

    assertThat(shared.isInForce()).isFalse();
    assertThat(shared.check().ok()).isFalse();
    assign(0);
    awaitIds();
    assertThat(shared.isInForce()).isTrue();
  }

  @Test
  void announcesAPartitionOnceItWasReadToItsEnd() {
    assign(
        0,
        () -> {
          send("f/g/a:1", definition("a:1", "1s"));
          send("f/g/b:1", definition("b:1", "1s"));
          send("f/g/a:1", definition("a:1", "2s"));
          send("f/g/b:1", null);
        });

    awaitIds("f/g/a:1");
    assertThat(announced).hasSize(1);
    assertThat(shared.definitions().targets().get(0).pollInterval())
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(retired).containsExactly(new Retirement("f/g/b:1", Optional.of(WRITTEN)));
  }

  @Test
  void aTombstoneOfWhatIsInForceRetiresIt() {
    assign(0, () -> send("f/g/a:1", definition("a:1", "1s")));
    awaitIds("f/g/a:1");

    poll(() -> send("f/g/a:1", null));

    awaitIds();
    assertThat(retired).containsExactly(new Retirement("f/g/a:1", Optional.empty()));
  }

  @Test
  void whatIsRevokedIsNotInForceAndNotRetired() {
    assign(0, () -> send("f/g/a:1", definition("a:1", "1s")));
    awaitIds("f/g/a:1");

    poll(() -> consumer.rebalance(List.of()));

    awaitIds();
    assertThat(retired).isEmpty();
  }

  @Test
  void aRecordThatCannotBeUsedKeepsWhatWasThereAndStopsNoOther() {
    assign(
        0,
        () -> {
          send("f/g/a:1", definition("a:1", "1s"));
          send("f/g/a:1", new byte[] {42});
          send("f/g/b:1", definition("c:1", "1s"));
          send("f/g/d:1", definition("d:1", "1s"));
        });

    awaitIds("f/g/a:1", "f/g/d:1");
    assertThat(shared.problems()).isEqualTo(2);
    assertThat(shared.check().ok()).isFalse();
    assertThat(shared.check().detail()).contains("f/g/a:1");

    poll(
        () -> {
          send("f/g/a:1", definition("a:1", "3s"));
          send("f/g/b:1", null);
        });

    await().until(() -> shared.problems() == 0);
    assertThat(shared.check().ok()).isTrue();
  }

  /** As after SIGSTOP: the clock went on, and the consumer was not asked. */
  @Test
  void givesEverythingUpAfterAPauseUntilTheGroupAnswersAgain() {
    assign(0, () -> send("f/g/a:1", definition("a:1", "1s")));
    awaitIds("f/g/a:1");

    nanos.addAndGet(Duration.ofSeconds(60).toNanos());

    assertThat(shared.isInForce()).isFalse();
    awaitIds();
    assertThat(shared.isInForce()).isFalse();
    assertThat(retired).isEmpty();
    assign(0, () -> send("f/g/a:1", definition("a:1", "1s")));
    awaitIds("f/g/a:1");
    assertThat(shared.isInForce()).isTrue();
  }

  private void awaitIds(String... ids) {
    await()
        .untilAsserted(
            () -> {
              assertThat(shared.definitions().targets())
                  .extracting(Target::instanceId)
                  .containsExactly(ids);
              // Announced to its end: the check is set before the listeners are told.
              assertThat(
                      announced.isEmpty() ? Definitions.NONE : announced.get(announced.size() - 1))
                  .isEqualTo(shared.definitions());
            });
  }

  private void assign(int partition) {
    assign(partition, () -> {});
  }

  /** Gives a partition, with what it holds, once the collector is subscribed. */
  private void assign(int partition, Runnable content) {
    await().until(() -> !consumer.subscription().isEmpty());
    TopicPartition at = new TopicPartition(Topics.TARGETS.name(), partition);
    poll(
        () -> {
          consumer.updateBeginningOffsets(Map.of(at, offset));
          consumer.updateEndOffsets(Map.of(at, offset));
          consumer.rebalance(List.of(at));
          content.run();
        });
  }

  /** Runs something within a poll, as the consumer's own work is, and waits for its end. */
  private void poll(Runnable task) {
    CountDownLatch done = new CountDownLatch(1);
    consumer.schedulePollTask(
        () -> {
          task.run();
          done.countDown();
        });
    await().until(() -> done.getCount() == 0);
  }

  private void send(String key, byte @Nullable [] value) {
    consumer.addRecord(
        new ConsumerRecord<>(
            Topics.TARGETS.name(),
            0,
            offset++,
            WRITTEN.toEpochMilli(),
            TimestampType.LOG_APPEND_TIME,
            0,
            0,
            key,
            value,
            new RecordHeaders(),
            Optional.empty()));
    consumer.updateEndOffsets(Map.of(new TopicPartition(Topics.TARGETS.name(), 0), offset));
  }

  private byte[] definition(String address, String interval) {
    String yaml =
        "fleet: f\ngroups:\n  g: {poll-interval: %s, instances: [\"%s\"]}\n"
            .formatted(interval, address);
    TargetDefinition record =
        SharedDefinition.split(ConfigReader.ofYaml("t.yaml", yaml), Instant.EPOCH)
            .values()
            .iterator()
            .next();
    return Objects.requireNonNull(serde.serializer().serialize(Topics.TARGETS.name(), record));
  }
}
