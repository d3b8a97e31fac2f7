package io.emberwatch.collector.discover;

/** Nobody could say which servers there are. The message is one line for a person. */
public final class DiscoveryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message why, without secrets: {@code 10.0.0.1:6379: connection refused}
   */
  public DiscoveryException(String message) {
    super(message);
  }
}
