package io.emberwatch.collector.connect;

/** A server sent more than any reply to our commands can hold. */
final class ReplyTooLongException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param where the limit holds: in one poll, in one message
   */
  ReplyTooLongException(long limitBytes, String where) {
    super("more than " + limitBytes + " bytes of replies in one " + where);
  }
}
