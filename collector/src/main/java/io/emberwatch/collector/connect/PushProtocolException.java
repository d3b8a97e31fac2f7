package io.emberwatch.collector.connect;

/** What came over a subscription's connection is no RESP2, or more than any reply of ours. */
final class PushProtocolException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PushProtocolException(String what) {
    super(what);
  }
}
