package io.emberwatch.collector.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.collector.spool.Outgoing;
import io.emberwatch.collector.spool.WriterSchema;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * One producer with what it needs to know. It ends with the first fault that is not a record's own:
 * the producer is closed in the very callback that tells it, since its next step would be to send
 * what came after the failed batch under a new epoch, and so before it.
 */
public final class Connection {

  private static final byte[] NONE = new byte[0];

  private final Producer<String, byte[]> producer;
  private final Map<WriterSchema, byte[]> headers;
  private final Set<String> topics;

  /**
   * A connection over a producer that it closes.
   *
   * @param producer idempotent, with its own delivery timeout and the topics' metadata
   * @param headers first bytes of a value by the schema that wrote it; none for a schema that the
   *     registry refuses
   * @param topics that exist
   */
  public Connection(
      Producer<String, byte[]> producer, Map<WriterSchema, byte[]> headers, Set<String> topics) {
    this.producer = producer;
    this.headers = Map.copyOf(headers);
    this.topics = Set.copyOf(topics);
  }

  boolean hasTopic(String topic) {
    return topics.contains(topic);
  }

  /** Whether the registry was asked for this schema. */
  boolean askedFor(WriterSchema schema) {
    return headers.containsKey(schema);
  }

  boolean hasSchema(WriterSchema schema) {
    return headers.getOrDefault(schema, NONE).length > 0;
  }

  /** Hands a record of a known schema to the client; the answer comes on any thread. */
  void send(Outgoing outgoing, Consumer<Answer> answers) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(outgoing.topic(), outgoing.key(), value(outgoing));
    if (outgoing.trace() != null) {
      record
          .headers()
          .add(new RecordHeader(RecordPublisher.TRACE_HEADER, outgoing.trace().getBytes(UTF_8)));
    }
    try {
      Future<?> unused = producer.send(record, (metadata, fault) -> answered(fault, answers));
    } catch (RuntimeException fault) {
      answered(fault, answers);
    }
  }

  /** Closes the producer; all answers have come when it returns. */
  void close(Duration timeout) {
    producer.close(timeout);
  }

  private void answered(@Nullable Exception fault, Consumer<Answer> answers) {
    Answer answer = fault == null ? new Answer.Taken() : SendFaults.answer(fault);
    answers.accept(answer);
    if (answer instanceof Answer.Broken) {
      producer.close(Duration.ZERO);
    }
  }

  private byte[] value(Outgoing outgoing) {
    byte[] header = headers.getOrDefault(outgoing.schema(), NONE);
    ByteBuffer body = outgoing.body().duplicate();
    return ByteBuffer.allocate(header.length + body.remaining()).put(header).put(body).array();
  }
}
