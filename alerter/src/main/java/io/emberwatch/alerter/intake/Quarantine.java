package io.emberwatch.alerter.intake;

import io.emberwatch.schemas.DeadLetter;
import io.emberwatch.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts records that cannot be processed on the topic of dead letters, with where and why. */
final class Quarantine {

  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final int MAX_VALUE_BYTES = 900_000;
  private static final int MAX_KEY_BYTES = 10_000;
  private static final int MAX_MESSAGE = 1000;
  private static final long ACK_LIMIT_SECONDS = 35;

  private final Producer<byte[], byte[]> producer;
  private final Serializer<DeadLetter> serializer;
  private final Clock clock;

  Quarantine(Producer<byte[], byte[]> producer, Serializer<DeadLetter> serializer, Clock clock) {
    this.producer = producer;
    this.serializer = serializer;
    this.clock = clock;
  }

  /**
   * Returns when the broker has the dead letter.
   *
   * @throws RuntimeException when it does not: the record must be read again
   */
  void put(ConsumerRecord<byte[], byte[]> record, String kind, Exception reason) {
    LOG.warn(
        "event=record_quarantined at={}-{}@{} kind={} exception={}",
        record.topic(),
        record.partition(),
        record.offset(),
        kind,
        reason.getClass().getName());
    String topic = Topics.DEAD_LETTERS.name();
    byte[] value = serializer.serialize(topic, letter(record, kind, reason));
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, cut(record.key(), MAX_KEY_BYTES), value);
    header(letter, "service", "alerter");
    header(letter, "stage", "intake");
    header(letter, "topic", record.topic());
    header(letter, "partition", Integer.toString(record.partition()));
    header(letter, "offset", Long.toString(record.offset()));
    header(letter, "exception", reason.getClass().getName());
    awaitAck(letter);
  }

  private void awaitAck(ProducerRecord<byte[], byte[]> letter) {
    try {
      producer.send(letter).get(ACK_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a dead letter was sent", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a dead letter could not be sent", e);
    }
  }

  private DeadLetter letter(ConsumerRecord<byte[], byte[]> record, String kind, Exception reason) {
    String message = Objects.requireNonNullElse(reason.getMessage(), "");
    return DeadLetter.newBuilder()
        .setService("alerter")
        .setStage("intake")
        .setKind(kind)
        .setException(reason.getClass().getName())
        .setMessage(message.substring(0, Math.min(message.length(), MAX_MESSAGE)))
        .setTopic(record.topic())
        .setPartition(record.partition())
        .setOffset(record.offset())
        .setKey(bytes(record.key(), MAX_KEY_BYTES))
        .setValue(bytes(record.value(), MAX_VALUE_BYTES))
        .setFailedAt(clock.instant())
        .build();
  }

  private static @Nullable ByteBuffer bytes(byte @Nullable [] bytes, int max) {
    byte[] cut = cut(bytes, max);
    return cut == null ? null : ByteBuffer.wrap(cut);
  }

  private static byte @Nullable [] cut(byte @Nullable [] bytes, int max) {
    return bytes == null ? null : Arrays.copyOf(bytes, Math.min(bytes.length, max));
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add("emberwatch." + name, value.getBytes(StandardCharsets.UTF_8));
  }
}
