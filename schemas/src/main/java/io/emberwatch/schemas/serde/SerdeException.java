package io.emberwatch.schemas.serde;

import io.emberwatch.schemas.registry.RegistryException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * A value that could not be read or written. Its message never holds the value's content.
 *
 * <p>A reader that skips bad records must look at {@link #retriable()} first: when the registry
 * does not answer, the record is not bad.
 */
public final class SerdeException extends SerializationException {

  /** What went wrong, so that it can be counted and acted on. */
  public enum Code {
    /** The first byte is not 0: it was not written in the Confluent wire format. */
    WRONG_MAGIC,
    /** The bytes end before the record does. */
    TRUNCATED,
    /** The registry has no schema with this id. */
    UNKNOWN_SCHEMA_ID,
    /** The registry failed; {@link SerdeException#registryCode()} says how. */
    REGISTRY,
    /** The bytes are no record of their schema, or the schema cannot be read as ours. */
    UNREADABLE,
    /** The record does not fit its schema: a field that must be set is not. */
    UNWRITABLE
  }

  private final Code code;
  private final RegistryException.@Nullable Code registryCode;

  SerdeException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.registryCode = cause instanceof RegistryException e ? e.code() : null;
  }

  /** What went wrong. */
  public Code code() {
    return code;
  }

  /** How the registry failed. Null: it did not. */
  public RegistryException.@Nullable Code registryCode() {
    return registryCode;
  }

  /** The same call may succeed later, unchanged: the registry was the cause, not the record. */
  public boolean retriable() {
    return registryCode != null && registryCode.retriable();
  }
}
