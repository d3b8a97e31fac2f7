package io.emberwatch.processor.signal;

import io.emberwatch.schemas.TargetState;

/** What the state of a sample says of the server. */
public final class Reachability {

  private Reachability() {}

  /**
   * Something that speaks Redis answered, and let us in. A retired target was not asked, so it is
   * not one that did not answer.
   */
  public static boolean of(TargetState state) {
    return switch (state) {
      case UNREACHABLE, TIMED_OUT, AUTH_FAILED, TLS_FAILED, PROTOCOL_ERROR -> false;
      case UP, LOADING, BUSY, MASTER_DOWN, RETIRED, UNKNOWN -> true;
    };
  }
}
