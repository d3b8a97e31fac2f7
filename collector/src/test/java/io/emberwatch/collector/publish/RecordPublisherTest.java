package io.emberwatch.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.info.Samples;
import io.emberwatch.collector.spool.SpoolSettings;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordPublisherTest {

  private static final String PREFIX = "emberwatch.collector.";

  @TempDir private Path folder;

  private final FakeKafka kafka = new FakeKafka();
  private SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private RecordPublisher publisher = publisher(Path.of("none"));

  @BeforeEach
  void makePublisher() {
    publisher = publisher(folder.resolve("spool"));
  }

  @AfterEach
  void everyRecordIsInOnePlace() {
    publisher.close();
    assertThat(gauge("in.flight")).isZero();
    assertLaw();
  }

  private RecordPublisher publisher(Path spool) {
    registry = new SimpleMeterRegistry();
    return new RecordPublisher(
        kafka,
        kafka.schemas,
        new PublishSettings(100, Duration.ofSeconds(2), new SpoolSettings(spool, 1 << 20)),
        registry,
        Clock.systemUTC());
  }

  private void start() {
    publisher.start(List.of(Topics.SLOWLOG));
  }

  private void offer(long from, long to) {
    for (long number = from; number < to; number++) {
      assertThat(publisher.offer(Topics.SLOWLOG, "k", SlowlogRecords.of("k", number, "x"), null))
          .isPresent();
    }
  }

  private double counter(String name) {
    return registry.find(PREFIX + "records." + name).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private double dropped(String reason) {
    return registry.find(PREFIX + "records.dropped").tag("reason", reason).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private double gauge(String name) {
    return registry.get(PREFIX + name).gauge().value();
  }

  private void assertLaw() {
    assertThat(counter("offered") + counter("recovered"))
        .isEqualTo(
            counter("published")
                + counter("dropped")
                + gauge("in.flight")
                + gauge("spool.records"));
  }

  private static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  @Test
  void sendsAtOnceWhatKafkaTakes() {
    start();
    offer(0, 50);

    await().until(() -> counter("published") == 50);
    assertThat(kafka.numbers()).isEqualTo(range(0, 50));
    assertThat(publisher.check().ok()).isTrue();
    assertThat(publisher.spoolCheck().ok()).isTrue();
    assertThat(gauge("kafka.connected")).isEqualTo(1);
  }

  @Test
  void keepsOnDiskWhatComesBeforeKafkaDoes() {
    kafka.here = false;
    start();
    offer(0, 500);
    await().until(() -> gauge("spool.records") == 500);
    assertThat(publisher.check().ok()).isFalse();
    assertThat(publisher.check().detail()).contains("Kafka is away");
    assertThat(gauge("in.flight")).isZero();
    offer(500, 600);
    kafka.here = true;

    await().until(() -> counter("published") == 600);
    assertThat(kafka.numbers()).isEqualTo(range(0, 600));
    assertThat(publisher.check().ok()).isTrue();
    assertThat(gauge("spool.bytes")).isZero();
  }

  @Test
  void sendsAgainInOrderWhatABrokenConnectionLeft() {
    kafka.answersAtOnce = false;
    start();
    offer(0, 30);
    await().until(() -> !kafka.producers.isEmpty() && kafka.last().history().size() == 30);
    for (int i = 0; i < 10; i++) {
      kafka.last().completeNext();
    }
    MockProducer<String, byte[]> broken = kafka.last();
    kafka.answersAtOnce = true;
    broken.errorNext(new OutOfOrderSequenceException("the producer has lost its place"));
    offer(30, 40);

    await().until(() -> counter("published") == 40);
    assertThat(broken.closed()).isTrue();
    assertThat(kafka.producers).hasSize(2);
    assertThat(kafka.numbers()).isEqualTo(range(10, 40));
  }

  @Test
  void mixesTheSentTheStoredAndTheFreshInOneOrder() {
    kafka.answersAtOnce = false;
    start();
    await().until(() -> gauge("kafka.connected") == 1);
    offer(0, 300);
    // 100 are in flight; the others are on disk.
    await().until(() -> gauge("spool.records") == 200);
    kafka.here = false;
    kafka.last().completeNext();
    kafka.last().errorNext(new TimeoutException("30 s"));
    offer(300, 350);
    await().until(() -> gauge("spool.records") == 349);
    kafka.answersAtOnce = true;
    kafka.here = true;

    await().until(() -> counter("published") == 350);
    assertThat(kafka.numbers()).isEqualTo(range(1, 350));
  }

  @Test
  void dropsAndCountsWhatIsRefusedForGood() {
    kafka.answersAtOnce = false;
    start();
    offer(0, 3);
    await().until(() -> !kafka.producers.isEmpty() && kafka.last().history().size() == 3);
    kafka.last().completeNext();
    kafka.last().errorNext(new RecordTooLargeException("1 MB"));
    kafka.last().completeNext();

    await().until(() -> counter("published") == 2);
    assertThat(dropped("refused")).isEqualTo(1);
    assertThat(kafka.producers).hasSize(1);
  }

  @Test
  void dropsWhatGoesToATopicThatIsNotThere() {
    start();
    publisher.offer(Topics.SAMPLES, "k", Samples.empty(), null);
    offer(0, 1);

    await().until(() -> counter("published") == 1);
    assertThat(dropped("no_topic")).isEqualTo(1);
  }

  @Test
  void leavesToTheNextRunWhatItCouldNotSend() {
    kafka.answersAtOnce = false;
    start();
    offer(0, 150);
    await().until(() -> gauge("spool.records") == 50);
    publisher.close();
    assertThat(gauge("spool.records")).isEqualTo(150);
    assertLaw();

    kafka.answersAtOnce = true;
    publisher = publisher(folder.resolve("spool"));
    start();
    offer(150, 160);
    await().until(() -> counter("published") == 160);
    assertThat(counter("recovered")).isEqualTo(150);
    assertThat(kafka.numbers()).isEqualTo(range(0, 160));
  }

  @Test
  void goesOnWithoutADiskAndTakesItUpWhenItIsBack() throws Exception {
    Path spool = folder.resolve("file").resolve("spool");
    Files.createFile(folder.resolve("file"));
    publisher.close();
    publisher = publisher(spool);
    start();
    offer(0, 10);
    await().until(() -> counter("published") == 10);
    assertThat(publisher.spoolCheck().ok()).isFalse();
    assertThat(gauge("spool.writable")).isZero();

    kafka.here = false;
    kafka.last().close();
    String large = "x".repeat(100_000);
    for (int i = 10; i < 110; i++) {
      publisher.offer(Topics.SLOWLOG, "k", SlowlogRecords.of("k", i, large), null);
    }
    await().until(() -> dropped("spool_unwritable") > 0 && gauge("in.flight") < 45);
    assertThat(publisher.hasRoom()).isTrue();
    Files.delete(folder.resolve("file"));
    await().until(() -> publisher.spoolCheck().ok() && gauge("in.flight") == 0);
    assertThat(gauge("spool.writable")).isEqualTo(1);
    kafka.here = true;

    int gone = (int) dropped("spool_unwritable");
    await().until(() -> counter("published") == 110 - gone);
    assertThat(kafka.numbers()).isEqualTo(range(10 + gone, 110));
  }
}
