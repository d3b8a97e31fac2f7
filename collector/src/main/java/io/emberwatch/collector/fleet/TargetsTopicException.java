package io.emberwatch.collector.fleet;

/** The topic {@code emberwatch.targets} could not be read or written as a whole. */
public final class TargetsTopicException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What could not be done, and what to do. */
  public TargetsTopicException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same without a cause but what the message says. */
  public TargetsTopicException(String message) {
    super(message);
  }
}
