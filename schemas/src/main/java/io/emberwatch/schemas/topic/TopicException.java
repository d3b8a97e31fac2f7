package io.emberwatch.schemas.topic;

import org.jspecify.annotations.Nullable;

/** The cluster did not create, describe or serve a topic. The message names it and the reason. */
public final class TopicException extends RuntimeException {

  TopicException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
