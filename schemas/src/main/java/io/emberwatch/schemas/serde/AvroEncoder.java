package io.emberwatch.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Avro's binary encoding of records of one type, through a buffer of the thread. Thread-safe. */
public final class AvroEncoder<V extends SpecificRecord> {

  private static final int KEPT_BUFFER_BYTES = 1 << 20;
  private static final byte[] NOTHING = new byte[0];
  private static final ThreadLocal<Buffer> BUFFERS = ThreadLocal.withInitial(Buffer::new);

  private final Class<V> type;
  private final SpecificDatumWriter<V> writer;

  /** Encoder of records of this type. */
  public AvroEncoder(Class<V> type) {
    GeneratedCoders.use(type);
    this.type = type;
    this.writer = new SpecificDatumWriter<>(type);
  }

  /**
   * The encoding alone, for a writer that does not know the schema's id yet.
   *
   * @throws SerdeException with {@code UNWRITABLE}
   */
  public byte[] encode(V value) {
    return encode(NOTHING, value);
  }

  /** The encoding behind a header. */
  byte[] encode(byte[] header, V value) {
    try {
      return write(header, value);
    } catch (IOException | AvroRuntimeException | NullPointerException | ClassCastException e) {
      throw new SerdeException(
          SerdeException.Code.UNWRITABLE,
          "record does not fit its schema %s: %s".formatted(type.getName(), e.getMessage()),
          e);
    }
  }

  private byte[] write(byte[] header, V value) throws IOException {
    Buffer buffer = BUFFERS.get();
    buffer.bytes.reset();
    buffer.bytes.write(header);
    buffer.encoder = EncoderFactory.get().binaryEncoder(buffer.bytes, buffer.encoder);
    try {
      writer.write(value, buffer.encoder);
      buffer.encoder.flush();
      return buffer.bytes.toByteArray();
    } finally {
      // A failed write leaves bytes in the encoder, a huge one a huge buffer: keep neither.
      if (buffer.encoder.bytesBuffered() > 0 || buffer.bytes.size() > KEPT_BUFFER_BYTES) {
        BUFFERS.remove();
      }
    }
  }

  private static final class Buffer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    private @Nullable BinaryEncoder encoder;
  }
}
