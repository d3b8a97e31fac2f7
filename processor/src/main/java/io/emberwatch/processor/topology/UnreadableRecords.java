package io.emberwatch.processor.topology;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;

/** Bytes that are no record: a dead letter each. Public since Kafka makes it. */
public final class UnreadableRecords implements DeserializationExceptionHandler {

  private @Nullable DeadLetters deadLetters;

  @Override
  public void configure(Map<String, ?> configs) {
    deadLetters = DeadLetters.from(configs);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    if (deadLetters == null || DeadLetters.isOfTheRegistry(exception)) {
      return Response.fail();
    }
    return Response.resume(
        List.of(
            deadLetters.letter(
                DeadLetters.Kind.DESERIALIZATION,
                context,
                record.key(),
                record.value(),
                exception)));
  }
}
