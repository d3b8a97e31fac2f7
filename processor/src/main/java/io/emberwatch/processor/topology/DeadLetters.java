package io.emberwatch.processor.topology;

import io.emberwatch.schemas.DeadLetter;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.serde.SerdeException;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a {@link DeadLetter} of a record that could not be processed, so that one bad record never
 * stops a partition and never vanishes. The letter is written in the transaction that skips the
 * record. A fault that is not the record's, such as a registry that does not answer, makes no
 * letter: the thread fails and takes the record up again.
 */
public final class DeadLetters {

  /** Below the producer's default max.request.size of 1,048,576 with room for the other fields. */
  static final int MAX_VALUE_BYTES = 1_000_000;

  /** A longer key is cut, and does not become the key of the letter's record. */
  static final int MAX_KEY_BYTES = 10_000;

  static final int MAX_MESSAGE_CHARS = 1000;

  /** Key under which Kafka hands this object to the handlers, which it makes itself. */
  static final String CONFIG_KEY = "emberwatch.dead.letters";

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final String SERVICE = "processor";

  private final AvroSerde<DeadLetter> serde;
  private final MeterRegistry meters;
  private final Clock clock;

  public DeadLetters(SchemaIds ids, MeterRegistry meters, Clock clock) {
    this.serde = AvroSerde.of(Topics.DEAD_LETTERS, ids).prepare();
    this.meters = meters;
    this.clock = clock;
  }

  /** What failed, as the handlers name it in the letter. */
  enum Kind {
    DESERIALIZATION,
    PROCESSING,
    PRODUCTION,
    PUNCTUATION;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The three handlers, as properties of Kafka Streams. */
  Map<String, Object> handlers() {
    return Map.of(
        CONFIG_KEY,
        this,
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        UnreadableRecords.class,
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
        FailedRecords.class,
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        UnwritableRecords.class);
  }

  static DeadLetters from(Map<String, ?> configs) {
    return (DeadLetters)
        Objects.requireNonNull(configs.get(CONFIG_KEY), "no " + CONFIG_KEY + " in properties");
  }

  /**
   * The registry failed, not the record: the same record succeeds once the registry answers, or
   * lets us in.
   */
  static boolean isOfTheRegistry(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SerdeException serde && serde.code() == SerdeException.Code.REGISTRY) {
        return true;
      }
    }
    return false;
  }

  /** The record to write to the dead-letter topic; counted and logged. */
  ProducerRecord<byte[], byte[]> letter(
      Kind kind,
      ErrorHandlerContext context,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Exception fault) {
    DeadLetter letter = new DeadLetter();
    Throwable cause = causeOf(fault);
    letter.setService(SERVICE);
    letter.setStage(Objects.requireNonNullElse(context.processorNodeId(), "unknown"));
    letter.setKind(kind.text());
    letter.setException(cause.getClass().getName());
    letter.setMessage(cut(cause.getMessage()));
    if (context.topic() != null) {
      letter.setTopic(context.topic());
      letter.setPartition(context.partition());
      letter.setOffset(context.offset());
    }
    letter.setKey(cut(key, MAX_KEY_BYTES));
    letter.setValue(
        cut(value, MAX_VALUE_BYTES - (key == null ? 0 : Math.min(key.length, MAX_KEY_BYTES))));
    letter.setFailedAt(clock.instant());
    count(letter);
    return new ProducerRecord<>(
        Topics.DEAD_LETTERS.name(),
        null,
        key == null || key.length > MAX_KEY_BYTES ? null : key,
        serde.serializer().serialize(Topics.DEAD_LETTERS.name(), letter),
        DeadLetterHeaders.of(context, letter));
  }

  private void count(DeadLetter letter) {
    Counter.builder("emberwatch.processor.dead.letters")
        .description("Records that could not be processed")
        .tag("stage", letter.getStage())
        .tag("kind", letter.getKind())
        .register(meters)
        .increment();
    LOG.warn(
        "event=dead_letter stage={} kind={} record={}-{}@{} exception={}",
        letter.getStage(),
        letter.getKind(),
        letter.getTopic(),
        letter.getPartition(),
        letter.getOffset(),
        letter.getException());
  }

  /** Streams wraps what failed; the first cause that is not its wrapper says the most. */
  private static Throwable causeOf(Throwable fault) {
    Throwable cause = fault;
    while (cause instanceof StreamsException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String cut(@Nullable String message) {
    String text = Objects.requireNonNullElse(message, "");
    return text.substring(0, Math.min(text.length(), MAX_MESSAGE_CHARS));
  }

  private static @Nullable ByteBuffer cut(byte @Nullable [] bytes, int limit) {
    return bytes == null ? null : ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, limit));
  }
}
