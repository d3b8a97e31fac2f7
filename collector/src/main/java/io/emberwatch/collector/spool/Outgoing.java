package io.emberwatch.collector.spool;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to Kafka.
 *
 * @param schema what wrote the body, and the topic that it goes to
 * @param key of the record
 * @param body Avro binary encoding without the registry's id, from position to limit; read it
 *     through a duplicate
 * @param trace value of the trace header; null for none
 */
public record Outgoing(WriterSchema schema, String key, ByteBuffer body, @Nullable String trace) {

  /** An object, two strings and their places in queues; measured roughly, for bounds on memory. */
  private static final int OVERHEAD_BYTES = 200;

  /** Name of its topic. */
  public String topic() {
    return schema.topic();
  }

  /** Memory that it takes, nearly. */
  public int sizeBytes() {
    return body.remaining() + key.length() + OVERHEAD_BYTES;
  }
}
