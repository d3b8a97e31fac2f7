package io.emberwatch.collector.spool;

import io.emberwatch.collector.spool.file.SpooledRecord;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;

/** Reads a file of the spool from its beginning. A torn end throws an AvroRuntimeException. */
final class SpoolFileReader implements Closeable {

  private final DataFileReader<SpooledRecord> reader;

  SpoolFileReader(Path path) throws IOException {
    this.reader =
        new DataFileReader<>(path.toFile(), new SpecificDatumReader<>(SpooledRecord.class));
  }

  boolean hasNext() {
    return reader.hasNext();
  }

  Outgoing next() {
    SpooledRecord record = reader.next();
    return new Outgoing(
        new WriterSchema(record.getTopic(), record.getFingerprint()),
        record.getKey(),
        record.getBody(),
        record.getTrace());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
