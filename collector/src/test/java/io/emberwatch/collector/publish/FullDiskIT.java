package io.emberwatch.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.spool.SmallDisk;
import io.emberwatch.collector.spool.SpoolSettings;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full while Kafka is away, long before the spool's own bound. */
class FullDiskIT {

  private static final String PREFIX = "emberwatch.collector.";
  private static final long DISK_BYTES = 2 << 20;

  /** Random, so that they take as much on disk: 1000 are 8 MB, of which 6 MB find no place. */
  private static final int RECORDS = 1_000;

  private static final int TEXT_LENGTH = 8_000;

  private final FakeKafka kafka = new FakeKafka();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Random random = new Random(1);
  private final SmallDisk disk;
  private final RecordPublisher publisher;

  FullDiskIT(@TempDir Path folder) throws Exception {
    disk = new SmallDisk(folder.resolve("disk"), DISK_BYTES);
    SpoolSettings spool = new SpoolSettings(folder.resolve("disk").resolve("spool"), 256_000_000);
    publisher =
        new RecordPublisher(
            kafka,
            kafka.schemas,
            new PublishSettings(100, Duration.ofSeconds(2), spool),
            registry,
            Clock.systemUTC());
  }

  @BeforeEach
  void fillDisk() {
    kafka.here = false;
    publisher.start(List.of(Topics.SLOWLOG));
    for (int number = 0; number < RECORDS; number++) {
      offer(number);
    }
    await().until(() -> dropped() > 0 && !publisher.spoolCheck().ok());
  }

  @AfterEach
  void unmount() throws Exception {
    publisher.close();
    assertLaw();
    disk.unmount();
  }

  private void offer(long number) {
    String text =
        random
            .ints(TEXT_LENGTH, 33, 127)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    assertThat(publisher.offer(Topics.SLOWLOG, "k", SlowlogRecords.of("k", number, text), null))
        .isPresent();
  }

  private double counter(String name) {
    return registry.find(PREFIX + "records." + name).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private double dropped() {
    return counter("dropped");
  }

  private double gauge(String name) {
    return registry.get(PREFIX + name).gauge().value();
  }

  private void assertLaw() {
    assertThat(counter("offered"))
        .isEqualTo(
            counter("published")
                + counter("dropped")
                + gauge("in.flight")
                + gauge("spool.records"));
  }

  private void assertArrived(int offered) {
    int gone = (int) dropped();
    await().until(() -> counter("published") == offered - gone);
    List<Long> arrived = kafka.numbers();
    assertThat(arrived).isSorted().doesNotHaveDuplicates().hasSize(offered - gone);
    assertThat(arrived).as("the latest wait in memory").contains(offered - 1L);
    assertThat(dropped()).isEqualTo(gone);
    assertLaw();
  }

  @Test
  void saysSoTakesMoreAndCountsEachThatItDrops() throws Exception {
    assertThat(publisher.spoolCheck().detail()).contains("No space left on device");
    assertThat(gauge("spool.writable")).isZero();
    assertThat(gauge("spool.bytes")).isBetween(DISK_BYTES / 2.0, (double) DISK_BYTES);
    assertThat(publisher.hasRoom()).isTrue();
    await().untilAsserted(this::assertLaw);
    double before = dropped();
    for (int number = RECORDS; number < RECORDS + 100; number++) {
      offer(number);
    }
    await().until(() -> dropped() >= before + 99);
    await().untilAsserted(this::assertLaw);
  }

  @Test
  void takesUpTheDiskWhenThereIsSpaceAgain() throws Exception {
    disk.resize(8 * DISK_BYTES);
    await().until(() -> publisher.spoolCheck().ok() && gauge("in.flight") == 0);
    assertThat(gauge("spool.writable")).isEqualTo(1);
    assertThat(gauge("spool.records")).isEqualTo(RECORDS - dropped());
    kafka.here = true;
    assertArrived(RECORDS);
  }

  /** What drains frees the disk, and nothing has to wait there any more to find that out. */
  @Test
  void isWellAgainWhenKafkaHasTakenAll() throws Exception {
    kafka.here = true;
    assertArrived(RECORDS);
    await().until(() -> publisher.spoolCheck().ok());
    assertThat(gauge("spool.writable")).isEqualTo(1);
    assertThat(disk.freeBytes()).isGreaterThan(DISK_BYTES * 9 / 10);
  }
}
