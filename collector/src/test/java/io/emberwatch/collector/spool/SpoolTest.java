package io.emberwatch.collector.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {

  private static final Schema SCHEMA = SchemaBuilder.builder().longType();

  @TempDir private Path folder;

  private final Map<String, Integer> dropped = new HashMap<>();
  private final Random random = new Random(1);
  private long roomBytes = Long.MAX_VALUE;

  private Spool open(long maxBytes) throws IOException {
    WriterSchemas schemas = new WriterSchemas();
    schemas.write("t", SCHEMA);
    Spool spool =
        new Spool(
            new SpoolSettings(folder, maxBytes),
            schemas,
            (topic, records, reason) -> dropped.merge(reason, records, Integer::sum),
            FullDisk::new);
    spool.open();
    return spool;
  }

  /** Each body is its number and some bytes that nothing compresses. */
  private List<Numbered> batch(long from, long to, int size) {
    List<Numbered> batch = new ArrayList<>();
    for (long number = from; number < to; number++) {
      byte[] body = new byte[Long.BYTES + size];
      random.nextBytes(body);
      ByteBuffer.wrap(body).putLong(number);
      batch.add(
          new Numbered(
              number,
              new Outgoing(WriterSchema.of("t", SCHEMA), "key", ByteBuffer.wrap(body), "trace")));
    }
    return batch;
  }

  private static Spooled take(Spool spool) {
    return Objects.requireNonNull(spool.next());
  }

  private static long number(Spooled read) {
    return read.record().body().duplicate().getLong();
  }

  private static List<Long> readAll(Spool spool, boolean done) {
    List<Long> numbers = new ArrayList<>();
    for (@Nullable Spooled one = spool.next(); one != null; one = spool.next()) {
      numbers.add(number(one));
      if (done) {
        spool.done(one);
      }
    }
    return numbers;
  }

  private static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(SpoolFile.SUFFIX)).sorted().toList();
    }
  }

  @Test
  void givesBackInOrderWhatItWasGivenAndForgetsWhatIsDone() throws Exception {
    Spool spool = open(1 << 20);
    spool.append(batch(1, 101, 100));
    Spooled first = take(spool);
    spool.append(batch(101, 201, 100));

    assertThat(number(first)).isEqualTo(1);
    assertThat(first.record().trace()).isEqualTo("trace");
    assertThat(spool.records()).isEqualTo(200);
    spool.done(first);
    assertThat(readAll(spool, true)).isEqualTo(range(2, 201));
    assertThat(spool.isEmpty()).isTrue();
    assertThat(spool.records()).isZero();
    assertThat(spool.bytes()).isZero();
    assertThat(files()).isEmpty();
    spool.close();
  }

  @Test
  void readsAgainWhatWasNotDone() throws Exception {
    Spool spool = open(1 << 20);
    spool.append(batch(1, 11, 0));
    List<Spooled> read = new ArrayList<>();
    for (@Nullable Spooled one = spool.next(); one != null; one = spool.next()) {
      read.add(one);
    }
    spool.done(read.get(0));
    spool.done(read.get(4));
    spool.append(batch(11, 13, 0));
    spool.rewind();

    assertThat(readAll(spool, true)).containsExactly(2L, 3L, 4L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
    spool.close();
  }

  @Test
  void leavesToTheNextRunWhatIsNotDoneAndItsSchema() throws Exception {
    Spool spool = open(1 << 20);
    spool.append(batch(1, 301, 10));
    for (int i = 0; i < 250; i++) {
      spool.done(take(spool));
    }
    spool.close();

    WriterSchemas schemas = new WriterSchemas();
    Spool next = new Spool(new SpoolSettings(folder, 1 << 20), schemas, (t, n, r) -> {});
    assertThat(next.open()).isEqualTo(50);
    assertThat(next.end()).isLessThanOrEqualTo(301);
    assertThat(schemas.find(WriterSchema.of("t", SCHEMA))).contains(SCHEMA);
    assertThat(readAll(next, true)).isEqualTo(range(251, 301));
    next.close();
  }

  @Test
  void dropsTheOldestAboveItsBoundAndCountsEach() throws Exception {
    long bound = 200_000;
    Spool spool = open(bound);
    for (int i = 0; i < 100; i++) {
      spool.append(batch(i * 10L, i * 10L + 10, 1000));
      assertThat(spool.bytes()).isLessThanOrEqualTo(bound);
    }
    assertThat(files().stream().mapToLong(file -> file.toFile().length()).sum())
        .isEqualTo(spool.bytes());

    int gone = dropped.getOrDefault("spool_full", 0);
    assertThat(gone).isBetween(700, 900);
    assertThat(spool.records()).isEqualTo(1000 - gone);
    assertThat(readAll(spool, true)).isEqualTo(range(gone, 1000));
    spool.close();
  }

  @Test
  void dropsNothingThatIsBeingSent() throws Exception {
    Spool spool = open(100_000);
    spool.append(batch(0, 5, 1000));
    Spooled sending = take(spool);
    for (long from = 5; from < 200; from += 5) {
      spool.append(batch(from, from + 5, 1000));
    }

    assertThat(number(sending)).isZero();
    spool.done(sending);
    spool.rewind();
    assertThat(readAll(spool, true)).startsWith(1L, 2L, 3L, 4L).endsWith(199L);
    spool.close();
  }

  @Test
  void readsUpToATornEnd() throws Exception {
    Spool spool = open(1 << 20);
    spool.append(batch(1, 11, 100));
    spool.append(batch(11, 21, 100));
    // As a kill leaves it: the lock is free, nothing was closed.
    spool.close();
    Path file = files().get(0);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 50);
    }

    Spool next = open(1 << 20);
    assertThat(next.records()).isEqualTo(10);
    assertThat(readAll(next, true)).isEqualTo(range(1, 11));
    assertThat(dropped).isEmpty();
    next.close();
  }

  @Test
  void countsWhatABadBlockLosesAndReadsTheOtherFiles() throws Exception {
    Spool spool = open(1 << 20);
    spool.append(batch(1, 11, 100));
    spool.append(batch(11, 21, 100));
    assertThat(spool.hasUnread()).isTrue();
    spool.rewind();
    spool.append(batch(21, 31, 100));
    Path file = files().get(0);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap("bad".getBytes(UTF_8)), channel.size() - 500);
    }

    assertThat(readAll(spool, true))
        .isEqualTo(Stream.of(range(1, 11), range(21, 31)).flatMap(List::stream).toList());
    assertThat(dropped).containsOnly(Map.entry("spool_unreadable", 10));
    assertThat(spool.records()).isZero();
    spool.close();
  }

  @Test
  void putsBackBetweenWhatWasBeforeAndAfter() throws Exception {
    Spool spool = open(1 << 20);
    spool.append(batch(1, 11, 0));
    List<Long> sent = readAll(spool, false);
    spool.append(batch(21, 31, 0));
    readAll(spool, false);
    spool.append(batch(41, 51, 0));
    spool.rewind();
    List<Numbered> back = new ArrayList<>(batch(11, 21, 0));
    back.addAll(batch(31, 41, 0));

    assertThat(spool.insert(back)).isEmpty();
    assertThat(sent).isEqualTo(range(1, 11));
    assertThat(readAll(spool, true)).isEqualTo(range(1, 51));
    spool.close();
  }

  @Test
  void keepsWhatItHasWhenTheDiskIsFullAndTakesMoreLater() throws Exception {
    Spool spool = open(1 << 20);
    spool.append(batch(1, 11, 1000));
    roomBytes = 2000;
    assertThatThrownBy(() -> spool.append(batch(11, 21, 1000))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> spool.append(batch(11, 21, 1000))).isInstanceOf(IOException.class);
    assertThat(spool.records()).isEqualTo(10);
    roomBytes = Long.MAX_VALUE;
    spool.append(batch(21, 31, 1000));

    assertThat(readAll(spool, true))
        .containsAll(range(1, 11))
        .containsAll(range(21, 31))
        .hasSize(20);
    assertThat(files()).isEmpty();
    spool.close();
  }

  @Test
  void isOfOneCollectorAlone() throws Exception {
    Spool spool = open(1 << 20);
    assertThatThrownBy(() -> open(1 << 20)).hasMessageContaining("another collector");
    spool.close();
    open(1 << 20).close();
  }

  /** Whatever is appended, read, forgotten, read again or restarted: nothing is lost or moved. */
  @Test
  void keepsOrderUnderAnySequenceOfCalls() throws Exception {
    for (int seed = 0; seed < 30; seed++) {
      Random choice = new Random(seed);
      Spool spool = open(1 << 20);
      List<Long> model = new ArrayList<>();
      long next = 1_000_000L * seed + 1;
      for (int step = 0; step < 60; step++) {
        switch (choice.nextInt(4)) {
          case 0, 1 -> {
            int size = 1 + choice.nextInt(20);
            spool.append(batch(next, next + size, choice.nextInt(2000)));
            model.addAll(range(next, next + size));
            next += size;
          }
          case 2 -> {
            List<Spooled> read = new ArrayList<>();
            for (int i = choice.nextInt(40); i > 0 && spool.hasUnread(); i--) {
              read.add(take(spool));
            }
            for (Spooled one : read) {
              if (choice.nextInt(4) > 0) {
                model.remove(number(one));
                spool.done(one);
              }
            }
            spool.rewind();
          }
          default -> {
            spool.close();
            spool = open(1 << 20);
          }
        }
        assertThat(spool.records()).as("seed %d step %d", seed, step).isEqualTo(model.size());
      }
      assertThat(readAll(spool, true)).as("seed %d", seed).isEqualTo(model);
      spool.close();
    }
    assertThat(dropped).isEmpty();
  }

  /** A disk with so much room. */
  private final class FullDisk extends FilterOutputStream {
    FullDisk(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (roomBytes < length) {
        out.write(bytes, offset, (int) roomBytes);
        throw new IOException("No space left on device");
      }
      roomBytes -= length;
      out.write(bytes, offset, length);
    }
  }
}
