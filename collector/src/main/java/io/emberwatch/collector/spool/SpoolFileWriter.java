package io.emberwatch.collector.spool;

import io.emberwatch.collector.spool.file.SpooledRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Writes one file of the spool: an Avro container file, compressed and with a checksum for each
 * block (zstd, which Kafka's client brings along).
 */
final class SpoolFileWriter implements AutoCloseable {

  /** Level 1: samples of one fleet are alike, so it saves two thirds at the least cost. */
  private static final CodecFactory CODEC = CodecFactory.zstandardCodec(1, true);

  private final SpoolFile file;
  private final FileChannel channel;
  private final DataFileWriter<SpooledRecord> writer;
  private long goodBytes;

  /**
   * A new file.
   *
   * @param disk wraps what is written to; for tests
   * @throws IOException if it cannot be written; then there is no file
   */
  SpoolFileWriter(SpoolFile file, UnaryOperator<OutputStream> disk) throws IOException {
    this.file = file;
    this.channel =
        FileChannel.open(file.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.writer = new DataFileWriter<>(new SpecificDatumWriter<>(SpooledRecord.class));
    try {
      writer.setCodec(CODEC);
      writer.create(SpooledRecord.getClassSchema(), disk.apply(Channels.newOutputStream(channel)));
      writer.flush();
      goodBytes = channel.position();
    } catch (IOException full) {
      channel.close();
      Files.deleteIfExists(file.path());
      throw full;
    }
  }

  SpoolFile file() {
    return file;
  }

  /**
   * Appends records as one block or more and hands them to the operating system.
   *
   * @throws IOException if that failed; the file is as before then and takes no more
   */
  void append(List<Outgoing> records) throws IOException {
    try {
      for (Outgoing one : records) {
        writer.append(
            new SpooledRecord(
                one.topic(),
                one.key(),
                one.schema().fingerprint(),
                one.body().duplicate(),
                one.trace()));
      }
      writer.flush();
    } catch (IOException fault) {
      channel.truncate(goodBytes);
      throw fault;
    }
    goodBytes = channel.position();
    file.sizeBytes(goodBytes);
    records.forEach(one -> file.added(one.topic()));
  }

  /** Makes the file survive a power cut and closes it. */
  @Override
  public void close() throws IOException {
    // Not the writer: it would write again what an append could not.
    try (channel) {
      channel.force(false);
    }
  }
}
