package io.emberwatch.schemas.serde;

import io.emberwatch.schemas.Rate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;

/** Records to write and read, and a plain Avro codec to check ours against. */
public final class Records {

  private Records() {}

  /** A record of every kind of field: text, map, times, whole and fractional numbers. */
  public static Rate rate() {
    return Rate.newBuilder()
        .setInstanceId("prod/orders-3/10.0.0.7:6379")
        .setFleet("prod")
        .setGroup("orders-3")
        .setLabels(Map.of("owner", "payments"))
        .setSignal("ops_rate")
        .setWindowMillis(60_000)
        .setWindowStart(Instant.parse("2026-11-22T10:00:00Z"))
        .setWindowEnd(Instant.parse("2026-11-22T10:01:00Z"))
        .setCount(6)
        .setMin(1.5)
        .setMax(9.25)
        .setMean(4)
        .setLast(5)
        .setP50(4)
        .setP95(9)
        .setP99(9)
        .build();
  }

  /** A record with random content, equal for equal seeds. */
  static GenericRecord random(Schema schema, long seed) {
    return (GenericRecord) new RandomData(schema, 1, seed).iterator().next();
  }

  /** Wire format of a record, written without our serializer. */
  static byte[] bytes(int id, GenericRecord value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      out.write(WireFormat.header(id));
      new GenericDatumWriter<GenericRecord>(value.getSchema()).write(value, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Record in the wire format, read without our deserializer. */
  static GenericRecord parse(Schema schema, byte[] value) {
    int header = WireFormat.HEADER_BYTES;
    try {
      return new GenericDatumReader<GenericRecord>(schema)
          .read(
              null, DecoderFactory.get().binaryDecoder(value, header, value.length - header, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
