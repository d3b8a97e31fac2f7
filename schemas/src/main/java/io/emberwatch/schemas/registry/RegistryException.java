package io.emberwatch.schemas.registry;

import org.jspecify.annotations.Nullable;

/** The registry refused, failed or did not answer. Its message never holds a credential. */
public final class RegistryException extends RuntimeException {

  /** What went wrong, so that it can be counted and acted on. */
  public enum Code {
    /** No connection to any URL: refused, unknown host, TLS failure, connection lost. */
    UNREACHABLE(true),
    /** Connected, but no whole answer before the deadline. */
    TIMED_OUT(true),
    /** 401: no credentials, or wrong ones. */
    UNAUTHORIZED(false),
    /** 403: the user may not do this. */
    FORBIDDEN(false),
    /** No such schema id, subject or version. */
    NOT_FOUND(false),
    /** The subject's compatibility forbids the schema. */
    INCOMPATIBLE(false),
    /** The registry does not take it for a schema. */
    INVALID_SCHEMA(false),
    /** 429 or 5xx. */
    SERVER_ERROR(true),
    /** An answer that a schema registry does not give, or one that is too large. */
    PROTOCOL(false);

    private final boolean retriable;

    Code(boolean retriable) {
      this.retriable = retriable;
    }

    /** The same request may succeed later, unchanged. */
    public boolean retriable() {
      return retriable;
    }
  }

  private final Code code;

  public RegistryException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public RegistryException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What went wrong. */
  public Code code() {
    return code;
  }

  /** The same request may succeed later, unchanged. */
  public boolean retriable() {
    return code.retriable();
  }
}
