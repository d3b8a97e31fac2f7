package io.emberwatch.processor.topology;

import io.emberwatch.schemas.DeadLetter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Headers of a dead letter: those of the record, and {@code emberwatch.error.*} with where and why,
 * so that a tool without the schema can find its way.
 */
final class DeadLetterHeaders {

  private static final String PREFIX = "emberwatch.error.";

  private DeadLetterHeaders() {}

  static Headers of(ErrorHandlerContext context, DeadLetter letter) {
    Headers headers =
        context.headers() == null ? new RecordHeaders() : new RecordHeaders(context.headers());
    add(headers, "stage", letter.getStage());
    add(headers, "kind", letter.getKind());
    add(headers, "exception", letter.getException());
    add(headers, "topic", letter.getTopic());
    add(headers, "partition", letter.getPartition());
    add(headers, "offset", letter.getOffset());
    return headers;
  }

  private static void add(Headers headers, String name, @Nullable Object value) {
    if (value != null) {
      headers.add(PREFIX + name, value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
