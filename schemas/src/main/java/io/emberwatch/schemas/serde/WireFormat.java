package io.emberwatch.schemas.serde;

import java.nio.ByteBuffer;

/**
 * The Confluent wire format: a zero byte, the schema id as a big-endian int, the Avro binary
 * encoding.
 */
public final class WireFormat {

  /** First byte of every value. */
  public static final byte MAGIC = 0;

  /** Bytes before the Avro encoding. */
  public static final int HEADER_BYTES = 5;

  private WireFormat() {}

  /** Header of a value with this schema id. */
  public static byte[] header(int schemaId) {
    return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(schemaId).array();
  }

  /**
   * Schema id of a value.
   *
   * @throws SerdeException with {@code WRONG_MAGIC} or {@code TRUNCATED}
   */
  public static int schemaId(byte[] value) {
    if (value.length > 0 && value[0] != MAGIC) {
      throw new SerdeException(
          SerdeException.Code.WRONG_MAGIC,
          "value starts with byte %d, not %d: it is not in the Confluent wire format"
              .formatted(value[0], MAGIC),
          null);
    }
    if (value.length < HEADER_BYTES) {
      throw new SerdeException(
          SerdeException.Code.TRUNCATED,
          "value has %d bytes, its header %d".formatted(value.length, HEADER_BYTES),
          null);
    }
    return ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
  }
}
