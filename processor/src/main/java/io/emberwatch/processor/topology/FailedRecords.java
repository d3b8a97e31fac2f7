package io.emberwatch.processor.topology;

import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A stage that threw, on a record or on a tick of a clock: a dead letter each. The letter of a tick
 * names the stage and has no record. Public since Kafka makes it.
 */
public final class FailedRecords implements ProcessingExceptionHandler {

  private @Nullable DeadLetters deadLetters;

  @Override
  public void configure(Map<String, ?> configs) {
    deadLetters = DeadLetters.from(configs);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception exception) {
    if (deadLetters == null || DeadLetters.isOfTheRegistry(exception)) {
      return Response.fail();
    }
    boolean tick = record == null && context.topic() == null;
    return Response.resume(
        List.of(
            deadLetters.letter(
                tick ? DeadLetters.Kind.PUNCTUATION : DeadLetters.Kind.PROCESSING,
                context,
                context.sourceRawKey(),
                context.sourceRawValue(),
                exception)));
  }
}
