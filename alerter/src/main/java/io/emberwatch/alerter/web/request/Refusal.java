package io.emberwatch.alerter.web.request;

/** A request that is not done, with an HTTP status, a code for programs and words for people. */
public final class Refusal extends RuntimeException {

  private final int status;
  private final String code;

  private Refusal(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** 400: the body cannot be read. */
  public static Refusal malformed(String message) {
    return new Refusal(400, "malformed", message);
  }

  /** 403: another site, or nobody knows who, asks. */
  public static Refusal forbidden(String message) {
    return new Refusal(403, "forbidden", message);
  }

  /** 404: there is no such thing. */
  public static Refusal notFound(String message) {
    return new Refusal(404, "not_found", message);
  }

  /** 409: the present state does not allow it. */
  public static Refusal conflict(String message) {
    return new Refusal(409, "conflict", message);
  }

  /** 411: the length of the body is not given. */
  public static Refusal lengthRequired() {
    return new Refusal(411, "length_required", "the request needs a Content-Length");
  }

  /** 413: the body is too large. */
  public static Refusal tooLarge(long maxBytes) {
    return new Refusal(413, "too_large", "the body may have at most " + maxBytes + " bytes");
  }

  /** 415: the body is of another type. */
  public static Refusal unsupportedType(String wanted) {
    return new Refusal(415, "unsupported_media_type", "the body must be " + wanted);
  }

  /** 421: the name in the Host header is not one of this server's. */
  public static Refusal misdirected() {
    return new Refusal(421, "misdirected", "this server does not answer to that host name");
  }

  /** 422: a value is not allowed. */
  public static Refusal invalid(String message) {
    return new Refusal(422, "invalid", message);
  }

  /** HTTP status, 400 to 499. */
  public int status() {
    return status;
  }

  /** Stable word for programs. */
  public String code() {
    return code;
  }

  /** Words for people; never null. */
  public String words() {
    String message = getMessage();
    return message == null ? code : message;
  }
}
