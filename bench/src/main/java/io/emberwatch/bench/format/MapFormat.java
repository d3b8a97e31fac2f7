package io.emberwatch.bench.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** An Avro map of name to double: a schema that never changes. The texts are left out. */
final class MapFormat implements SampleFormat {

  private static final Schema SCHEMA = Schema.createMap(Schema.create(Schema.Type.DOUBLE));

  private final GenericDatumWriter<Map<?, Double>> writer = new GenericDatumWriter<>(SCHEMA);
  private final GenericDatumReader<Map<?, Double>> reader = new GenericDatumReader<>(SCHEMA);
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(4096);
  private final Map<String, Double> numbers;
  private @Nullable BinaryEncoder encoder;
  private @Nullable BinaryDecoder decoder;

  MapFormat(FlatSample sample) {
    this.numbers = sample.numbers();
  }

  @Override
  public byte[] encode() {
    buffer.reset();
    encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
    try {
      writer.write(numbers, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.toByteArray();
  }

  @Override
  public Object decode(byte[] bytes) {
    decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
    try {
      return reader.read(null, decoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
