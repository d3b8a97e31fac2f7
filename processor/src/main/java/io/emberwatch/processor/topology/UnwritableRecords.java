package io.emberwatch.processor.topology;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * A result that cannot be written. One that does not fit its schema, that is too large or that the
 * broker finds invalid is a dead letter, with the source record where there is one. What is no
 * fault of the record, such as a missing right on the topic, fails the thread: to go on would lose
 * every record after it. Public since Kafka makes it.
 */
public final class UnwritableRecords implements ProductionExceptionHandler {

  private @Nullable DeadLetters deadLetters;

  @Override
  public void configure(Map<String, ?> configs) {
    deadLetters = DeadLetters.from(configs);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
    if (exception instanceof RetriableException) {
      return Response.retry();
    }
    boolean ofTheRecord =
        exception instanceof RecordTooLargeException || exception instanceof InvalidRecordException;
    return ofTheRecord ? resume(context, exception) : Response.fail();
  }

  @Override
  @SuppressWarnings("rawtypes") // as Kafka declares it
  public Response handleSerializationError(
      ErrorHandlerContext context,
      ProducerRecord record,
      Exception exception,
      SerializationExceptionOrigin origin) {
    return DeadLetters.isOfTheRegistry(exception) ? Response.fail() : resume(context, exception);
  }

  private Response resume(ErrorHandlerContext context, Exception exception) {
    if (deadLetters == null) {
      return Response.fail();
    }
    return Response.resume(
        List.of(
            deadLetters.letter(
                DeadLetters.Kind.PRODUCTION,
                context,
                context.sourceRawKey(),
                context.sourceRawValue(),
                exception)));
  }
}
