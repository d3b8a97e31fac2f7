package io.emberwatch.collector.subscribe;

import io.lettuce.core.RedisCommandExecutionException;
import org.jspecify.annotations.Nullable;

/** Why a subscription failed, in one word. Pure. */
public final class Refusals {

  private Refusals() {}

  /** The error code of a server's refusal, else the kind of fault; never an address or argument. */
  static String reason(Throwable failure) {
    RedisCommandExecutionException refusal = find(failure);
    if (refusal != null && refusal.getMessage() != null) {
      return refusal.getMessage().split(" ", 2)[0];
    }
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost.getClass().getSimpleName();
  }

  /** Whether the server answered with an error. */
  public static boolean isRefusal(Throwable failure) {
    return find(failure) != null;
  }

  /** What the server refused, also where Lettuce wraps it as a connect that failed. */
  private static @Nullable RedisCommandExecutionException find(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisCommandExecutionException refused) {
        return refused;
      }
    }
    return null;
  }
}
